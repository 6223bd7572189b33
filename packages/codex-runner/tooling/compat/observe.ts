import { behaviours } from '../../src/compat/behaviours.ts';
import { safety } from './observe-safety.ts';
import { turns } from './observe-turns.ts';
import { inPlace, type Observation } from './place.ts';

const observations: Readonly<Record<string, Observation>> = { ...safety, ...turns };

/** Looks at what a Codex program does, one thing after the other, each in a Codex home of its own. What could not be observed reads `failed: …`. */
export async function observe(
  bin: string,
  onSeen: (name: string, seen: string) => void,
): Promise<Readonly<Record<string, string>>> {
  const seen: Record<string, string> = {};
  for (const { name } of behaviours) {
    const observation = observations[name];
    if (observation === undefined) throw new Error(`Nobody looks at ${name}.`);
    seen[name] = await inPlace(bin, observation).catch(
      (error: unknown) => `failed: ${error instanceof Error ? error.message : error}`,
    );
    onSeen(name, seen[name]);
  }
  return seen;
}
