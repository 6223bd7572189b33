import type { Approval } from '@threadbridge/contract';
import type { TaskAnswer } from './task.ts';
import { TaskError } from './task-api.ts';

/** An answer as a person would type it: there is one door for answers. */
export function toCommand(approval: Approval, code: string, answer: TaskAnswer): string {
  if (answer.type === 'answers') {
    const wanted = approval.kind === 'userInput' ? approval.questions.length : 1;
    if (answer.answers.length !== wanted) throw new TaskError('invalid', `The request wants ${wanted} answer(s).`);
    if (wanted > 1 && answer.answers.some((text) => text.includes('\n'))) {
      throw new TaskError('invalid', 'Answers to several questions are one line each.');
    }
    return `/answer ${code} ${answer.answers.join('\n')}`;
  }
  const { decision } = answer;
  if (decision !== 'decline' && !approval.offered.includes(decision)) {
    throw new TaskError('invalid', `The request does not offer "${decision}", but: ${approval.offered.join(', ') || 'answers'}.`);
  }
  switch (decision) {
    case 'accept':
      return `/approve ${code}`;
    case 'acceptForSession':
      return `/approve ${code} session`;
    case 'acceptAlways':
      return `/approve ${code} always`;
    case 'decline':
      return `/deny ${code}`;
  }
}
