import type { Answer, ApprovalDecision } from '@threadbridge/contract';
import type { GrantedPermissionProfile, ServerRequests } from '../app-server/protocol.gen.ts';
import { jsonObject, seen, words } from './seen.ts';
import { type Question, standingRule } from './to-approval.ts';

/** What goes back to Codex, or why this answer does not fit the question. `endsTurn`: Codex has no word for cancel here, so the turn is to be interrupted. */
export type Reply =
  | { readonly isFitting: true; readonly result: unknown; readonly endsTurn?: true }
  | { readonly isFitting: false; readonly reason: string };

type Result<Method extends keyof ServerRequests> = ServerRequests[Method]['result'];

/** An answer in the form of the protocol. `decline` and `cancel` fit every question. */
export function fromAnswer(question: Question, answer: Answer): Reply {
  const method = question.method as keyof ServerRequests;
  switch (method) {
    case 'item/commandExecution/requestApproval':
      return answer.type === 'decision' ? fromCommandDecision(question, answer.decision) : misfit('a decision');
    case 'item/fileChange/requestApproval':
      if (answer.type !== 'decision' || answer.decision === 'acceptAlways') return misfit('a decision other than acceptAlways');
      return reply<typeof method>({ decision: answer.decision });
    case 'item/permissions/requestApproval':
      return fromPermissionsAnswer(question, answer);
    case 'item/tool/requestUserInput': {
      if (isNo(answer)) return { ...reply<typeof method>({ answers: {} }), ...ending(answer) };
      if (answer.type !== 'userInput') return misfit('answers to its questions');
      const answers = Object.entries(answer.answers).map(([id, given]) => [id, { answers: [...given] }]);
      return reply<typeof method>({ answers: Object.fromEntries(answers) });
    }
    case 'item/tool/call': {
      if (isNo(answer)) return { ...toolReply('The user declined this call.', false), ...ending(answer) };
      return answer.type === 'toolResult' ? toolReply(answer.text, answer.isSuccess) : misfit('a tool result');
    }
    case 'mcpServer/elicitation/request':
      return fromElicitationAnswer(answer);
    default:
      return { isFitting: false, reason: 'Nobody asked this.' };
  }
}

/** The answer that lets nothing happen, for a question nobody is there to answer. */
export function safeReply(question: Question): unknown {
  const reply = fromAnswer(question, { type: 'decision', decision: 'decline' });
  return reply.isFitting ? reply.result : undefined;
}

function fromCommandDecision(question: Question, decision: ApprovalDecision): Reply {
  if (decision !== 'acceptAlways') return reply<'item/commandExecution/requestApproval'>({ decision });
  const rule = standingRule(question.params);
  if (rule === undefined) return { isFitting: false, reason: 'Codex proposed no permanent rule for this command.' };
  return reply<'item/commandExecution/requestApproval'>({ decision: rule.decision });
}

function fromPermissionsAnswer(question: Question, answer: Answer): Reply {
  const grant = (permissions: unknown, scope: 'turn' | 'session') =>
    reply<'item/permissions/requestApproval'>({ permissions: permissions as GrantedPermissionProfile, scope });
  if (isNo(answer)) return { ...grant({}, 'turn'), ...ending(answer) };
  if (answer.type === 'permissions') return grant(answer.granted, answer.scope);
  if (answer.type !== 'decision' || answer.decision === 'acceptAlways') return misfit('the permissions to grant');
  const asked = jsonObject(seen<ServerRequests['item/permissions/requestApproval']['params']>(question.params).permissions);
  const granted = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null));
  return grant(granted, answer.decision === 'acceptForSession' ? 'session' : 'turn');
}

function fromElicitationAnswer(answer: Answer): Reply {
  const respond = (action: 'accept' | 'decline' | 'cancel', rest: { content?: unknown; persist?: string } = {}) =>
    reply<'mcpServer/elicitation/request'>({
      action,
      content: (rest.content ?? null) as Result<'mcpServer/elicitation/request'>['content'],
      _meta: rest.persist === undefined ? null : { persist: rest.persist },
    });
  if (answer.type === 'elicitation') return respond(answer.action, { content: answer.content });
  if (answer.type !== 'decision') return misfit('a decision or the content of the form');
  switch (answer.decision) {
    case 'acceptForSession':
      return respond('accept', { persist: 'session' });
    case 'acceptAlways':
      return respond('accept', { persist: 'always' });
    case 'accept':
    case 'decline':
    case 'cancel':
      return respond(answer.decision);
  }
}

function toolReply(text: string, success: boolean) {
  return reply<'item/tool/call'>({ contentItems: [{ type: 'inputText', text: words(text) }], success });
}

function reply<Method extends keyof ServerRequests>(result: Result<Method>) {
  return { isFitting: true, result } as const;
}

function misfit(wanted: string): Reply {
  return { isFitting: false, reason: `This question wants ${wanted}.` };
}

function isNo(answer: Answer): boolean {
  return answer.type === 'decision' && (answer.decision === 'decline' || answer.decision === 'cancel');
}

function ending(answer: Answer): { readonly endsTurn?: true } {
  return answer.type === 'decision' && answer.decision === 'cancel' ? { endsTurn: true } : {};
}
