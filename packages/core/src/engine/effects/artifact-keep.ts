import type { EffectOf } from '../../decide/effect.ts';
import { resultInputId } from '../../decide/input.ts';
import type { OpenEffect } from '../../ports/store.ts';
import type { Engine } from '../engine.ts';
import type { Settlement } from '../perform.ts';

/** Writes an answer to be sent. May be done again: the file is named by its content. */
export async function artifactKeep(row: OpenEffect, effect: EffectOf<'artifact.keep'>, engine: Engine): Promise<Settlement> {
  const { artifact, by, name, mediaType, text } = effect;
  const result = await engine.files.keepText({ name, mediaType, text });
  const base = { id: resultInputId(row.key, 'taken'), scope: row.scope, at: engine.clock.now() };
  return { outcome: { type: 'done' }, results: [{ ...base, type: 'artifact.taken', artifact, by, result }] };
}
