import { explain, type RunHistory, type ThreadId, type ThreadSummary } from '@threadbridge/contract';
import type { EffectOf } from '../../decide/effect.ts';
import { type InputOf, resultInputId } from '../../decide/input.ts';
import type { OpenEffect } from '../../ports/store.ts';
import type { Engine } from '../engine.ts';
import type { Settlement } from '../perform.ts';

/** How many threads are looked through for a part of an id. */
const searchDepth = 500;

/** Reads from Codex which threads there are. Costs no turn. */
export async function threadsFind(row: OpenEffect, effect: EffectOf<'threads.find'>, engine: Engine): Promise<Settlement> {
  const found: InputOf<'threads.found'> = {
    type: 'threads.found',
    id: resultInputId(row.key, 'found'),
    scope: row.scope,
    at: engine.clock.now(),
    purpose: effect.purpose,
    ...(effect.click !== undefined && { click: effect.click }),
    result: await find(effect, engine.runner.capabilities.history),
  };
  return { outcome: { type: 'done' }, results: [found] };
}

async function find(
  effect: EffectOf<'threads.find'>,
  history: RunHistory | undefined,
): Promise<InputOf<'threads.found'>['result']> {
  if (history === undefined) return { error: 'The agent in use cannot list threads.' };
  const { wanted } = effect;
  try {
    return 'idPart' in wanted
      ? { threads: await byIdPart(wanted.idPart, history) }
      : { threads: (await history.list(wanted)).threads };
  } catch (error) {
    return { error: explain(error) };
  }
}

async function byIdPart(part: string, history: RunHistory): Promise<readonly ThreadSummary[]> {
  const matches: ThreadSummary[] = [];
  let cursor: string | undefined;
  for (let seen = 0; seen < searchDepth; ) {
    const page = await history.list({ limit: 100, ...(cursor !== undefined && { cursor }) });
    const exact = page.threads.find((thread) => thread.id === part);
    if (exact !== undefined) return [exact];
    matches.push(...page.threads.filter((thread) => thread.id.includes(part)));
    seen += page.threads.length;
    cursor = page.cursor;
    if (cursor === undefined || page.threads.length === 0) break;
  }
  if (matches.length === 0 && part.length === 36) return [await history.read(part as ThreadId)];
  return matches;
}
