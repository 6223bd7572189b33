import type { JsonObject } from '@threadbridge/contract';
import type { ModelRequest } from '@threadbridge/testkit/model';
import { completed, type Observation, outputOf, type Place, pause, startThread, startTurn } from './place.ts';
import type { Fields, News } from './session.ts';

/** How threads and turns go on. */
export const turns: Readonly<Record<string, Observation>> = {
  async firstOutput(place) {
    const session = await place.open();
    const thread = await startThread(session, place, { sandbox: 'danger-full-access' });
    const output = await outputOf(session, thread, '[[run: echo first; sleep 0.5; echo second]] [[say: ok]]');
    if (!output.includes('second')) throw new Error(`The command printed ${JSON.stringify(output.slice(0, 200))}.`);
    return output.includes('first') ? 'are in its output' : 'are lost';
  },

  async busyThread(place) {
    const session = await place.open();
    const thread = await startThread(session, place);
    const first = await startTurn(session, thread, '[[hold: busy | word | more]]');
    await place.model.reached('busy');
    const second = await startTurn(session, thread, '[[say: second]]');
    place.model.release('busy');
    await session.wait('end of the turn', completed);
    return first === second ? 'steers' : 'gets an id of its own';
  },

  async steer(place) {
    const session = await place.open();
    const thread = await startThread(session, place);
    const turn = await startTurn(session, thread, '[[hold: speaking | word | whole]]');
    await place.model.reached('speaking');
    await session.wait('first words', ({ method }) => method === 'item/agentMessage/delta');
    const before = place.model.requests.length;
    await session.call('turn/steer', {
      threadId: thread,
      expectedTurnId: turn,
      input: [{ type: 'text', text: '[[say: steered]]', text_elements: [] }],
    });
    // The model stands still: it is asked again only where the answer was cut off.
    for (let tries = 0; tries < 50 && place.model.requests.length === before; tries++) await pause();
    const isCut = place.model.requests.length > before;
    place.model.release('speaking');
    await session.wait('end of the turn', completed);
    return isCut ? 'cuts the answer off' : 'waits for the end of the answer';
  },

  async coldResume(place) {
    const first = await place.open();
    const thread = await startThread(first, place, { approvalPolicy: 'never', sandbox: 'danger-full-access' });
    await startTurn(first, thread, '[[say: settled]]');
    await first.wait('end of the turn', completed);
    await first[Symbol.asyncDispose]();
    // Neither is what a thread gets by default.
    const reply = await (await place.open()).call('thread/resume', { threadId: thread, excludeTurns: true });
    const kept = [
      ...(reply.approvalPolicy === 'never' ? ['policy'] : []),
      ...((reply.sandbox as Fields | undefined)?.type === 'dangerFullAccess' ? ['sandbox'] : []),
    ];
    return kept.length === 0 ? 'neither policy nor sandbox' : kept.join(' and ');
  },

  async unreachable(place) {
    const scripted = { name: 'Nobody', base_url: 'http://127.0.0.1:9/v1', wire_api: 'responses', request_max_retries: 0 };
    const session = await place.open({
      model_providers: { scripted: { ...scripted, stream_max_retries: 1 } },
      // What Codex does by itself.
      features: { plugins: false, apps: false },
    });
    const thread = await startThread(session, place);
    await startTurn(session, thread, 'x');
    const isEndless = ({ method, params }: News) =>
      method === 'error' && /waiting for network/i.test(String((params.error as Fields | undefined)?.message));
    const first = await session.wait('failure', (news) => completed(news) || isEndless(news));
    return completed(first) ? 'fails the turn' : 'is tried for ever';
  },

  async retryAfter(place) {
    const session = await place.open({ model_providers: { scripted: { ...provider(place), request_max_retries: 2 } } });
    const thread = await startThread(session, place);
    await startTurn(session, thread, '[[fail: 429 x1 retry-after=1]] [[say: again]]');
    const end = await session.wait('end of the turn', completed);
    return (end.params.turn as Fields).status === 'completed' ? 'is tried again' : 'fails the turn';
  },

  async untrustedContext(place) {
    const session = await place.open();
    const thread = await startThread(session, place);
    await startTurn(session, thread, '[[say: ok]]', { additionalContext: { quote: { kind: 'untrusted', value: 'xyzzy' } } });
    await session.wait('end of the turn', completed);
    return whereIs('xyzzy', place.model.requests.at(-1));
  },

  async turnSummary(place) {
    const session = await place.open();
    const thread = await startThread(session, place);
    await startTurn(session, thread, '[[say: ok]]');
    const end = await session.wait('end of the turn', completed);
    const { items } = end.params.turn as { readonly items?: readonly unknown[] };
    return (items ?? []).length > 0 ? 'hold the answer' : 'are none';
  },
};

function provider(place: Place): JsonObject {
  return { name: 'Scripted model', base_url: place.model.url, wire_api: 'responses', stream_max_retries: 1 };
}

/** As what the model was told a word. */
function whereIs(word: string, request: ModelRequest | undefined): string {
  const { input } = (request?.body ?? {}) as { readonly input?: readonly Fields[] };
  const item = input?.find((one) => JSON.stringify(one).includes(word));
  if (item === undefined) return 'nothing';
  return item.type === 'message' ? `a message of the ${item.role}` : 'the output of a tool';
}
