import type { EffectOf } from '../../decide/effect.ts';
import { resultInputId } from '../../decide/input.ts';
import type { OpenEffect } from '../../ports/store.ts';
import type { Engine } from '../engine.ts';
import type { Settlement } from '../perform.ts';

/** Copies a file to be sent. May be done again: the copy is named by its content. */
export async function artifactTake(row: OpenEffect, effect: EffectOf<'artifact.take'>, engine: Engine): Promise<Settlement> {
  const { artifact, by, path, workspace, sha256 } = effect;
  const result = await engine.files.takeOut({ path, workspace, sha256 });
  const base = { id: resultInputId(row.key, 'taken'), scope: row.scope, at: engine.clock.now() };
  return { outcome: { type: 'done' }, results: [{ ...base, type: 'artifact.taken', artifact, by, result }] };
}
