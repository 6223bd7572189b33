import type { EffectOf } from '../../decide/effect.ts';
import { resultInputId } from '../../decide/input.ts';
import { languageFor } from '../../policy/language-here.ts';
import type { OpenEffect } from '../../ports/store.ts';
import type { Engine } from '../engine.ts';
import type { Settlement } from '../perform.ts';

/** Asks the disk what a path really is; why it will not do is told in the language in which the answer will be. */
export async function workspaceResolve(
  row: OpenEffect,
  effect: EffectOf<'workspace.resolve'>,
  engine: Engine,
): Promise<Settlement> {
  const state = await engine.store.loadScope(row.scope.id);
  const language = languageFor(row.scope, state?.person, engine.rules());
  const result = await engine.files.resolveWorkspace(effect.path, language);
  const resolved = {
    type: 'workspace.resolved',
    id: resultInputId(row.key, 'resolved'),
    scope: row.scope,
    at: engine.clock.now(),
    purpose: effect.purpose,
    asked: effect.path,
    result,
    ...(effect.click !== undefined && { click: effect.click }),
  } as const;
  return { outcome: { type: 'done' }, results: [resolved] };
}
