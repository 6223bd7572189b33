import type { RunItem } from '@threadbridge/contract';

/** Something that a run did, shortly. */
export type RunStep =
  | { readonly type: 'ran'; readonly command: string; readonly exitCode?: number }
  | { readonly type: 'changed'; readonly path: string }
  | { readonly type: 'used'; readonly tool: string };

/** What people are told of a finished item; most are not worth a line. */
export function toSteps(item: RunItem): readonly RunStep[] {
  switch (item.type) {
    case 'command':
      return [
        { type: 'ran', command: item.command.slice(0, 500), ...(item.exitCode !== undefined && { exitCode: item.exitCode }) },
      ];
    case 'file.change':
      return item.changes.map(({ path }) => ({ type: 'changed', path }));
    case 'tool.call':
      return [{ type: 'used', tool: item.tool }];
    default:
      return [];
  }
}
