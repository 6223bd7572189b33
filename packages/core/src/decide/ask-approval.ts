import type { Approval, ApprovalDecision, FileChange, OutboundControls, OutboundMessage } from '@threadbridge/contract';
import { mintCode } from '../policy/action-token.ts';
import { mayAllowForGood } from '../policy/may-answer.ts';
import { accessOf } from '../policy/plan-run.ts';
import { risksOf } from '../policy/risks.ts';
import { fence } from '../texts/markdown.ts';
import type { Texts } from '../texts/texts.ts';
import { textsIn } from '../texts/texts.ts';
import { inline, quoted, visible } from '../texts/visible.ts';
import { actorsOf } from './actors-of.ts';
import { controls, tokenOf } from './controls.ts';
import { type Decision, decision, say, type Voice } from './decision.ts';
import type { OpenApproval } from './open-approval.ts';
import type { RunningPhase } from './phase.ts';
import { requestOf } from './request-of.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';
import { tellElsewhere } from './tell-elsewhere.ts';

/** Puts a question of the agent to the people, with a code and, where there are buttons, with buttons. */
export function askApproval(state: ScopeState, phase: RunningPhase, asked: Approval, at: number, rules: Rules): Decision {
  const approval = offeredHere(state, phase, asked, rules);
  const taken = Object.values(phase.approvals).map((open) => open.code);
  const code = mintCode(rules.tokenKey, phase.run, approval.id, taken);
  const open: OpenApproval = { approval, code, askedAt: at };
  const texts = textsIn(rules.language);
  const { access } = accessOf(state.scope, actorsOf(phase.prompts), rules, requestOf(phase.prompts));
  const sandbox = [
    texts.sandboxLine({ access, network: rules.permissions.network }),
    ...circumstances(phase, approval, texts),
  ].join('\n');
  const next: ScopeState = { ...state, phase: { ...phase, approvals: { ...phase.approvals, [approval.id]: open } } };
  const voice = { state: next, rules, at };
  return decision(
    next,
    [
      ...say(voice, questionText(approval, code, sandbox, texts), {
        purpose: 'approval',
        ...controls(voice, () => buttons(voice, phase, open)),
      }),
      {
        type: 'timer',
        at: at + rules.approvals.expireMs,
        timer: { name: 'approval.expire', run: phase.run, approval: approval.id },
      },
    ],
    {
      inputs: tellElsewhere(
        state,
        phase,
        at,
        `asked/${approval.id}`,
        { type: 'asked', run: phase.run, approval, sandbox },
        rules,
      ),
    },
  );
}

/** Nobody is offered a rule for good in a private chat where no owner asked. */
function offeredHere({ scope }: ScopeState, { prompts }: RunningPhase, approval: Approval, rules: Rules): Approval {
  if (scope.kind !== 'private' || actorsOf(prompts).some((actor) => mayAllowForGood(actor, rules))) return approval;
  return { ...approval, offered: approval.offered.filter((one) => one !== 'acceptAlways') };
}

/** What came of an answer, with what was asked: in the place of the question, which goes on while a second person has to agree. */
export function withQuestion(voice: Voice, phase: RunningPhase, open: OpenApproval, told: OutboundMessage): OutboundMessage {
  const texts = textsIn(voice.rules.language);
  const markdown = `${told.markdown}\n\n${body(open.approval, texts)}`;
  const fits = voice.rules.channels.get(voice.state.scope.channel)?.split(markdown).length === 1;
  return {
    ...(fits ? { markdown } : told),
    ...(open.answered === undefined && controls(voice, () => buttons(voice, phase, open))),
  };
}

/** One line that names what is asked, for lists. */
export function summary(approval: Approval): string {
  switch (approval.kind) {
    case 'command':
      return `\`${inline(approval.command)}\``;
    case 'fileChange':
      return approval.changes.map((change) => `\`${inline(change.path)}\``).join(', ');
    case 'permissions':
      return `\`${inline(JSON.stringify(approval.permissions))}\``;
    case 'userInput':
      return inline(approval.questions.map((question) => question.question).join(' '));
    case 'elicitation':
      return inline(approval.message);
    case 'toolCall':
      return `\`${inline(approval.tool)}\``;
  }
}

/** A question in words, with how to answer it. `sandbox` says under what it would be done. */
export function questionText(approval: Approval, code: string, sandbox: string, texts: Texts): string {
  return [
    body(approval, texts),
    approval.reason === undefined ? undefined : `${texts.reason()}\n${quoted(approval.reason)}`,
    sandbox,
    howTo(approval, code, texts).join('\n'),
  ]
    .filter((part) => part !== undefined)
    .join('\n\n');
}

function body(approval: Approval, texts: Texts): string {
  switch (approval.kind) {
    case 'command': {
      const asked = texts.askCommand({
        command: fence(visible(approval.command), 'sh'),
        ...(approval.cwd && { cwd: inline(approval.cwd) }),
      });
      return approval.network === undefined ? asked : `${asked}\n\n${texts.askNetwork({ host: inline(approval.network) })}`;
    }
    case 'fileChange':
      return [
        texts.askFiles({ count: approval.changes.length }),
        ...approval.changes.map((change) => changeText(change, texts)),
      ].join('\n\n');
    case 'permissions':
      return `${texts.askPermissions()}\n\n${fence(visible(JSON.stringify(approval.permissions, null, 2)), 'json')}`;
    case 'userInput':
      return [texts.askInput(), ...approval.questions.map(inputText)].join('\n\n');
    case 'elicitation':
      return [texts.askElicitation({ server: inline(approval.server) }), approval.message, approval.url]
        .filter((part) => part !== undefined)
        .map((part, index) => (index === 0 ? part : quoted(part)))
        .join('\n\n');
    case 'toolCall':
      return `${texts.askTool({ tool: inline(approval.tool) })}\n\n${fence(visible(JSON.stringify(approval.arguments, null, 2)), 'json')}`;
  }
}

/** Who asked for the run, which one it is, and what makes the request worth a second look. */
function circumstances(phase: RunningPhase, approval: Approval, texts: Texts): readonly string[] {
  const askers = [...new Set(phase.prompts.map((prompt) => inline(prompt.name ?? prompt.actor)))];
  return [
    texts.askedBy({ run: phase.run.slice(phase.run.lastIndexOf('/') + 1), names: askers.join(', ') }),
    ...risksOf(approval, phase.workspace).map((risk) => texts.risk({ risk })),
  ];
}

function changeText(change: FileChange, texts: Texts): string {
  const moved = change.movedTo === undefined ? '' : ` → \`${inline(change.movedTo)}\``;
  const diff = change.kind === 'update' ? change.diff : mark(change.diff, change.kind === 'add' ? '+' : '-');
  return `${texts.changeOf(change)} \`${inline(change.path)}\`${moved}\n\n${fence(visible(diff), 'diff')}`;
}

function mark(content: string, sign: '+' | '-'): string {
  const lines = content.endsWith('\n') ? content.slice(0, -1) : content;
  return lines === ''
    ? ''
    : lines
        .split('\n')
        .map((line) => sign + line)
        .join('\n');
}

function inputText(question: Extract<Approval, { kind: 'userInput' }>['questions'][number]): string {
  const options = (question.options ?? []).map(
    (option) => `- ${inline(option.label)}${option.description === '' ? '' : `: ${inline(option.description)}`}`,
  );
  return [`**${inline(question.header)}**`, quoted(question.question), '', ...options].join('\n').trimEnd();
}

function howTo(approval: Approval, code: string, texts: Texts): readonly string[] {
  const offers = (decision: ApprovalDecision) => approval.offered.includes(decision);
  if (!offers('accept')) return [texts.howToAnswer({ code })];
  return [
    texts.howToApprove({ code }),
    ...(offers('acceptForSession') ? [texts.howToApproveSession({ code })] : []),
    ...(offers('acceptAlways') ? [texts.howToApproveAlways({ code, rule: inline(approval.alwaysRule ?? '') })] : []),
  ];
}

/** A button for each answer that is offered and, for questions in words, a form. */
function buttons(voice: Voice, run: RunningPhase, open: OpenApproval): OutboundControls {
  const texts = textsIn(voice.rules.language);
  const { approval, askedAt } = open;
  const labels: Readonly<Record<ApprovalDecision, string>> = {
    accept: texts.labelApprove(),
    acceptForSession: texts.labelApproveSession(),
    acceptAlways: texts.labelApproveAlways(),
    decline: texts.labelDeny(),
    cancel: texts.labelCancel(),
  };
  const bound = { run, until: askedAt + voice.rules.approvals.expireMs };
  const actions = approval.offered.map((decision) => ({
    label: labels[decision],
    token: tokenOf(voice, { type: 'approval', approval: approval.id, decision }, bound),
    ...(decision === 'accept' && { style: 'primary' as const }),
    ...((decision === 'decline' || decision === 'cancel') && { style: 'danger' as const }),
  }));
  if (approval.kind !== 'userInput' || approval.questions.some((question) => question.isSecret)) return { actions };
  const fields = approval.questions.map(({ id, question, options, allowsOther }) => ({
    name: id,
    label: question,
    isRequired: true,
    ...(options && !allowsOther && { options: options.map(({ label }) => ({ label, value: label })) }),
  }));
  const token = tokenOf(voice, { type: 'words', approval: approval.id }, bound);
  return { actions, form: { fields, submit: { label: texts.labelAnswer(), token, style: 'primary' } } };
}
