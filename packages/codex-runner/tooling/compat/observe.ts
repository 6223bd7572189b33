import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@threadbridge/contract';
import { type ModelRequest, type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';
import { behaviours } from '../../src/compat/behaviours.ts';
import { type Fields, type News, openSession, type Session } from './session.ts';

/** The real Codex on a scripted model, in a folder of its own. */
interface Place {
  readonly model: ScriptedModel;
  readonly workspace: string;
  readonly home: string;
  open(config?: JsonObject, env?: Readonly<Record<string, string>>): Promise<Session>;
}

type Observation = (place: Place) => Promise<string>;

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

async function inPlace(bin: string, observation: Observation): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'codex-compat-')));
  const [home, workspace] = [join(folder, 'home'), join(folder, 'work')];
  await Promise.all([mkdir(home), mkdir(workspace)]);
  const model = await startScriptedModel();
  const sessions: Session[] = [];
  try {
    return await observation({
      model,
      workspace,
      home,
      async open(config = {}, env = {}) {
        const session = await openSession({
          bin,
          env: { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8', CODEX_HOME: home, ...env },
          config: { ...(model.codexConfig() as JsonObject), ...config },
        });
        sessions.push(session);
        return session;
      },
    });
  } finally {
    for (const session of sessions) await session[Symbol.asyncDispose]();
    await model.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const completed = (news: News) => news.method === 'turn/completed';
const ofItem = (method: string, type: string) => (news: News) =>
  news.method === method && (news.params.item as Fields | undefined)?.type === type;

async function startThread(session: Session, place: Place, params: Fields = {}): Promise<string> {
  const reply = await session.call('thread/start', {
    cwd: place.workspace,
    approvalPolicy: 'never',
    sandbox: 'read-only',
    ...params,
  });
  return String((reply.thread as Fields).id);
}

async function startTurn(session: Session, threadId: string, text: string, params: Fields = {}): Promise<string> {
  const reply = await session.call('turn/start', { threadId, input: [{ type: 'text', text, text_elements: [] }], ...params });
  return String((reply.turn as Fields).id);
}

/** A turn to its end; what its commands printed. */
async function outputOf(session: Session, threadId: string, text: string): Promise<string> {
  await startTurn(session, threadId, text);
  await session.wait('end of the turn', completed);
  return session.news
    .filter(ofItem('item/completed', 'commandExecution'))
    .map(({ params }) => String((params.item as Fields).aggregatedOutput))
    .join('');
}

/** Begins a turn with an endless command outside any sandbox; resolves with the process id of the command. */
async function startCommand(session: Session, place: Place): Promise<{ thread: string; turn: string; pid: number }> {
  const thread = await startThread(session, place, { sandbox: 'danger-full-access' });
  const turn = await startTurn(session, thread, '[[run: echo $$ > pid.new && mv pid.new pid && exec sleep 1000]]');
  await session.wait('command', ofItem('item/started', 'commandExecution'));
  for (;;) {
    const pid = Number(await readFile(join(place.workspace, 'pid'), 'utf8').catch(() => 0));
    if (pid > 0) return { thread, turn, pid };
    await pause();
  }
}

/** Whether a process ends within 2 s; one that does not is ended. */
async function endsSoon(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    if (!(await isAlive(pid))) return true;
    await pause();
  }
  process.kill(pid, 'SIGKILL');
  return false;
}

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
    // Gone, and only not yet reaped, where there is a /proc to tell.
    return !/\) Z /.test(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''));
  } catch {
    return false;
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

const observations: Readonly<Record<string, Observation>> = {
  async environmentPolicy(place) {
    const session = await place.open({}, { SECRET_OF_MINE: 'xyzzy' });
    const thread = await startThread(session, place, { config: { shell_environment_policy: { inherit: 'core' } } });
    const output = await outputOf(session, thread, '[[run: env]] [[say: ok]]');
    if (!output.includes('PATH=')) throw new Error(`\`env\` printed ${JSON.stringify(output.slice(0, 200))}.`);
    return output.includes('xyzzy') ? 'everything' : 'what the policy lets through';
  },

  async denyRead(place) {
    const secret = join(place.home, 'secret.txt');
    await writeFile(secret, 'xyzzy');
    const session = await place.open();
    const profile = { extends: ':read-only', filesystem: { [place.home]: 'deny' } };
    const reply = await session.call('thread/start', {
      cwd: place.workspace,
      approvalPolicy: 'never',
      permissions: 'lab',
      config: { permissions: { lab: profile } },
    });
    const output = await outputOf(
      session,
      String((reply.thread as Fields).id),
      `[[run: cat ${secret} || echo hidden]] [[say: ok]]`,
    );
    if (output.includes('xyzzy')) return 'can be read';
    if (output.includes('hidden')) return 'cannot be read';
    throw new Error(`The command printed ${JSON.stringify(output.slice(0, 200))}.`);
  },

  async secondWriter(place) {
    const [first, second] = [await place.open(), await place.open()];
    const thread = await startThread(first, place);
    await startTurn(first, thread, '[[say: mine]]');
    await first.wait('end of the turn', completed);
    return second.call('thread/resume', { threadId: thread, excludeTurns: true }).then(
      () => 'is let in',
      (error: Error) => {
        if (/active writer/i.test(error.message)) return 'is refused';
        throw error;
      },
    );
  },

  async sigterm(place) {
    const session = await place.open();
    const { pid } = await startCommand(session, place);
    process.kill(session.pid, 'SIGTERM');
    return (await endsSoon(pid)) ? 'ends the command' : 'leaves the command';
  },

  async interrupt(place) {
    const session = await place.open();
    const { thread, turn, pid } = await startCommand(session, place);
    await session.call('turn/interrupt', { threadId: thread, turnId: turn });
    await session.wait('end of the turn', completed);
    await session.call('thread/backgroundTerminals/clean', { threadId: thread });
    return (await endsSoon(pid)) ? 'end the command' : 'leave the command';
  },

  async untrusted(place) {
    const session = await place.open();
    const thread = await startThread(session, place, { approvalPolicy: 'untrusted' });
    await startTurn(session, thread, '[[run: ls]] [[say: ok]]');
    const asked = await session.wait('question or end', (news) => completed(news) || news.id !== undefined);
    if (asked.id === undefined) return 'runs';
    session.answer(asked, { decision: 'decline' });
    return 'asks';
  },

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

  async untrustedConfig(place) {
    return place.open({ approval_policy: 'untrusted' }).then(
      () => 'is taken',
      () => 'is refused at start',
    );
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
