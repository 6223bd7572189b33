import assert from 'node:assert/strict';
import type { Visit } from './visit.ts';

/** The first line that a fake of the test kit prints with `--json`. */
export interface FakeReady {
  readonly url: string;
  readonly cdnUrl?: string;
  readonly domain?: string;
  readonly owner?: string;
  readonly credentials?: { readonly userId: string };
  readonly codexConfig?: object;
}

/** Starts a fake by its command, as the READMEs say, on a free port. */
export async function startFake({ start }: Visit, kind: 'model' | 'ilink' | 'feishu'): Promise<FakeReady> {
  const group = start(kind, 'threadbridge-testkit', [kind, '--json', '--port', '0']);
  const [line] = await group.shows(/.+(?=\n)/);
  return JSON.parse(line) as FakeReady;
}

/** What a fake said at its start. */
export function fakeOf({ running }: Visit, kind: 'model' | 'ilink' | 'feishu'): FakeReady {
  return JSON.parse(running(kind).stdout.split('\n')[0] ?? '') as FakeReady;
}

/** Has the person at the fake do something: `say hello`, `confirm`. */
export async function act(visit: Visit, kind: 'ilink' | 'feishu', words: string): Promise<void> {
  const { url } = fakeOf(visit, kind);
  const response = await fetch(`${url}/fake/do`, { method: 'POST', body: words, signal: visit.signal });
  const said = await response.text();
  assert.ok(response.ok, `the fake ${kind} could not ${words}: ${said}`);
}

/** What the person sees, message by message; a card as it stands now. Refuses what the fake has against its client. */
export async function seen(visit: Visit, kind: 'ilink' | 'feishu'): Promise<readonly string[]> {
  const response = await fetch(`${fakeOf(visit, kind).url}/fake/state`, { signal: visit.signal });
  const state = (await response.json()) as {
    readonly sent: readonly { readonly text?: string }[];
    readonly mistakes: readonly string[];
  };
  assert.deepEqual(state.mistakes, [], `the fake ${kind} complains`);
  return state.sent.map(({ text }) => text ?? '');
}

/** Says something and waits until the person sees an answer that fits. */
export async function say(visit: Visit, kind: 'ilink' | 'feishu', words: string, answer: RegExp): Promise<RegExpMatchArray> {
  const before = (await seen(visit, kind)).length;
  await act(visit, kind, `say ${words}`);
  return await sees(visit, kind, answer, before);
}

/** Waits until one of the messages from the `from`th on fits. */
export async function sees(visit: Visit, kind: 'ilink' | 'feishu', answer: RegExp, from: number): Promise<RegExpMatchArray> {
  let texts: readonly string[] = [];
  const what = () => `${answer} on ${kind}; what came instead: ${JSON.stringify(texts)}`;
  return await visit.until(what, async () => {
    texts = (await seen(visit, kind)).slice(from);
    return texts.map((text) => text.match(answer)).find((match) => match !== null) ?? undefined;
  });
}
