import { readFileSync } from 'node:fs';

/** A message of app-server as it was captured, with paths and names cleaned. */
export interface CapturedMessage {
  readonly id?: number;
  readonly method: string;
  readonly params: unknown;
}

/** What the real Codex sent in one turn. */
export function readTurn(name: string): readonly CapturedMessage[] {
  return readFixture(name) as readonly CapturedMessage[];
}

/** The questions of a captured turn. */
export function readQuestions(name: string): readonly CapturedMessage[] {
  return readTurn(name).filter((message) => message.id !== undefined);
}

export function readFixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../src/convert/__fixtures__/${name}.json`, import.meta.url), 'utf8'));
}
