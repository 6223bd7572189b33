import { type Decision, decision, say } from '../decide/decision.ts';
import { accessOf } from '../policy/plan-run.ts';
import type { CommandContext } from './command.ts';

/** What a name stands for, and what of it is going on here. Names are nothing that groups and guests may look at. */
export function statusOfAlias({ state, rules, texts, voice, actor, role, args }: CommandContext): Decision {
  if (state.scope.kind !== 'private' || role === 'guest')
    return decision(state, say(voice, texts.commandPrivate({ name: 'status ALIAS' })));
  const alias = rules.facts.aliases.get(args);
  if (alias === undefined) return decision(state, say(voice, texts.aliasUnknown({ name: args })));
  const { phase } = state;
  const isRunning = phase.name === 'running' && phase.thread === alias.thread;
  const waiting = state.pending.filter(({ target }) => target?.thread === alias.thread).length;
  const lines = [
    texts.statusThread({ thread: alias.thread, alias: alias.name }),
    texts.statusWorkspace({ path: alias.workspace }),
    texts.statusAccess({ access: accessOf(state.scope, [actor.id], rules).access, network: rules.permissions.network }),
    texts.statusQueue({ count: waiting }),
  ];
  const head = texts.statusAlias({ title: alias.title, isRunning, isUsed: state.alias === alias.name });
  return decision(state, say(voice, `${head}\n\n${lines.map((line) => `- ${line}`).join('\n')}`));
}
