import { openApprovals } from '../decide/answer-approval.ts';
import { summary } from '../decide/ask-approval.ts';
import { controls, tokenOf } from '../decide/controls.ts';
import { decision, say } from '../decide/decision.ts';
import { currentThread } from '../policy/current-thread.ts';
import { accessOf } from '../policy/plan-run.ts';
import { runLimits } from '../policy/run-limits.ts';
import type { Command } from './command.ts';
import { statusParked } from './queue.ts';
import { statusOfAlias } from './status-of-alias.ts';
import { limitsLine } from './timeout.ts';

export const status: Command = {
  name: 'status',
  usage: '/status [ALIAS]',
  role: 'guest',
  place: 'anywhere',
  help: { en: 'what is going on here, or in a named thread', zh: '查看当前状态，或已命名线程的状态' },
  decide(context) {
    const { state, rules, at, texts, voice, actor, args } = context;
    if (args !== '') return statusOfAlias(context);
    const { phase } = state;
    const open = phase.name === 'running' ? openApprovals(phase) : [];
    const moved = phase.name === 'preparing' && phase.moved !== undefined ? [texts.waitingMoved()] : [];
    const held = phase.name === 'held' ? [texts.statusHeld({ status: phase.status, code: phase.code })] : [];
    const minutes = phase.name === 'running' ? Math.floor((at - phase.startedAt) / 60_000) : 0;
    const thread = currentThread(state, actor.id, rules)?.thread;
    const path = state.workspace ?? rules.workspaces.default;
    const lines = [
      texts.statusThread({ ...(thread && { thread }), ...(state.alias !== undefined && { alias: state.alias }) }),
      texts.statusWorkspace({ ...(path !== undefined && { path }) }),
      texts.statusAccess({ access: accessOf(state.scope, [actor.id], rules).access, network: rules.permissions.network }),
      limitsLine(runLimits(state, rules), texts),
      texts.statusQueue({ count: state.pending.length }),
      ...held,
      ...moved,
      ...(state.parked ? [statusParked(state.parked, texts)] : []),
      ...(state.grants ?? [])
        .filter((grant) => grant.lasts === 'always' || (thread !== undefined && grant.thread === thread))
        .map((grant) => texts.statusGrant({ what: grant.what, lasts: grant.lasts, profileFlag: rules.profileFlag ?? '' })),
      ...open.map((one) => texts.statusApproval({ code: one.code, what: summary(one.approval) })),
    ];
    const line = phase.name === 'running' ? phase.line : undefined;
    const running = open.length > 0 ? 'waiting' : phase.name;
    const head = line === undefined ? texts.statusPhase({ phase: running, minutes }) : texts.statusLine(line);
    const told = `${head}\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
    const actions = () => [
      ...(phase.name === 'running'
        ? [{ label: texts.labelStop(), token: tokenOf(voice, { type: 'command', name: 'stop' }, { run: phase }) }]
        : []),
      { label: texts.labelNew(), token: tokenOf(voice, { type: 'command', name: 'new' }) },
    ];
    return decision(
      state,
      say(
        voice,
        told,
        controls(voice, () => ({ actions: actions() })),
      ),
    );
  },
};
