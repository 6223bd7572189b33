import type { RunItem } from '@threadbridge/contract';
import type { EffectOf } from '../decide/effect.ts';
import type { MadeFile } from '../decide/made-file.ts';
import { isShared } from '../policy/roles.ts';
import type { OpenEffect } from '../ports/store.ts';
import type { Engine } from './engine.ts';
import { mentionedPaths } from './mentioned-paths.ts';

/** The files that a run made or changed, as far as its items and its answer name them. In shared places nothing is looked for. */
export async function findMade(
  row: OpenEffect,
  effect: EffectOf<'run.start'>,
  told: { readonly items: readonly RunItem[]; readonly text: string },
  engine: Engine,
): Promise<readonly MadeFile[]> {
  if (isShared(row.scope)) return [];
  const phase = (await engine.store.loadScope(row.scope.id))?.phase;
  if (phase?.name !== 'running' || phase.run !== effect.run) return [];
  const paths = mentionedPaths(told.items, told.text);
  return paths.length === 0 ? [] : engine.files.findMade({ paths, workspace: effect.input.workspace, since: phase.startedAt });
}
