import type { RunRequest } from '@threadbridge/contract';
import type { Prompt } from './prompt.ts';

/** What those prompts ask for beyond their words: the latest wish counts, but of sandboxes the smaller, of asking the more, and all who are to be told. */
export function requestOf(prompts: readonly Prompt[]): RunRequest {
  const requests = prompts.flatMap(({ request }) => request ?? []);
  const notify = new Map(requests.flatMap(({ notify = [] }) => notify).map((scope) => [scope.id, scope]));
  const isReadOnly = requests.some(({ sandbox }) => sandbox === 'read-only');
  const isUntrusted = requests.some(({ approvals }) => approvals === 'untrusted');
  return {
    ...Object.assign({}, ...requests),
    ...(isReadOnly && { sandbox: 'read-only' }),
    ...(isUntrusted && { approvals: 'untrusted' }),
    ...(notify.size > 0 && { notify: [...notify.values()] }),
  };
}
