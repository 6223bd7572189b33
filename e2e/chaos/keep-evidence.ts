import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Arena } from './open-arena.ts';
import type { Person } from './people.ts';

/** Puts aside what is needed to find the cause: the profile with its store and logs, and what people wrote and read. Answers with the place. */
export async function keepEvidence({ store, model }: Arena, people: readonly Person[]): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), 'threadbridge-evidence-'));
  const profile = dirname(store);
  await cp(profile, join(place, basename(profile)), { recursive: true, filter: (path) => !path.includes('codex-home') });
  const conversations = people.map((person) => ({ name: person.name, said: person.said, seen: person.seen() }));
  const asked = model.requests.map(({ at, lastUserText, headers }) => ({
    at,
    lastUserText,
    turn: headers['x-codex-turn-metadata'],
  }));
  await writeFile(join(place, 'record.json'), JSON.stringify({ conversations, asked }, null, 2));
  return place;
}
