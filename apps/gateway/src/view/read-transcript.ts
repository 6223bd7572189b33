import type { Page, PageQuery, ScopeId, TranscriptEntry } from '@threadbridge/contract';
import type { StoreHistory } from '@threadbridge/store';
import { receivedEntry, type StandsNow, saidEntry } from './to-entries.ts';

/** What was said in one conversation: what came in and what went out are two lists, read side by side; a place is a place in both. */
export function readTranscript(
  history: StoreHistory,
  scope: ScopeId,
  { before, limit }: PageQuery & { readonly limit: number },
  now: StandsNow,
): Page<TranscriptEntry> {
  const [inputsBefore, effectsBefore] = placesIn(before);
  const inputs = history.inputs({ scope, limit, ...(inputsBefore !== undefined && { before: inputsBefore }) });
  const effects = history.effects({
    ...{ scope, types: ['deliver', 'live.close'], limit },
    ...(effectsBefore !== undefined && { before: effectsBefore }),
  });
  const entries = [...inputs.rows.flatMap(receivedEntry), ...effects.rows.flatMap((row) => saidEntry(row, now))].sort(
    (a, b) => b.at - a.at,
  );
  if (inputs.before === undefined && effects.before === undefined) return { entries };
  return { entries, before: `${inputs.before ?? 0}.${effects.before ?? 0}` };
}

/** Undefined: from the newest. 0: nothing is left of that list. */
function placesIn(before: string | undefined): readonly [number | undefined, number | undefined] {
  const [, inputs, effects] = /^(\d{1,15})\.(\d{1,15})$/.exec(before ?? '') ?? [];
  return [inputs === undefined ? undefined : Number(inputs), effects === undefined ? undefined : Number(effects)];
}
