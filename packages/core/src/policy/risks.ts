import type { Approval, WorkspacePath } from '@threadbridge/contract';
import { visible } from '../texts/visible.ts';

/** What makes a request worth a second look. */
export type Risk = 'unsandboxed' | 'outside' | 'network' | 'deletes' | 'hidden';

/** The risks of what is asked, told from the request alone. Pure. */
export function risksOf(approval: Approval, workspace: WorkspacePath): readonly Risk[] {
  const isInside = (path: string) => path === workspace || path.startsWith(`${workspace}/`) || path.startsWith(`${workspace}\\`);
  const isOutside = (path: string) => !isInside(path) || path.split(/[\\/]/).includes('..');
  switch (approval.kind) {
    case 'command':
      return found([
        ['unsandboxed', approval.network === undefined],
        ['network', approval.network !== undefined],
        ['outside', approval.cwd !== undefined && isOutside(approval.cwd)],
        ['hidden', visible(approval.command) !== approval.command.replaceAll('\r\n', '\n')],
      ]);
    case 'fileChange':
      return found([
        ['outside', approval.changes.some((change) => isOutside(change.path) || isOutside(change.movedTo ?? workspace))],
        ['deletes', approval.changes.some((change) => change.kind === 'delete')],
        ['hidden', approval.changes.some(({ path, diff }) => visible(path + diff) !== (path + diff).replaceAll('\r\n', '\n'))],
      ]);
    case 'permissions':
      return found([['network', 'network' in approval.permissions]]);
    case 'userInput':
    case 'elicitation':
    case 'toolCall':
      return [];
  }
}

function found(risks: readonly (readonly [Risk, boolean])[]): readonly Risk[] {
  return risks.flatMap(([risk, isThere]) => (isThere ? [risk] : []));
}
