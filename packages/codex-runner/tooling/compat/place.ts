import { mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@threadbridge/contract';
import { type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';
import { type Fields, type News, openSession, type Session } from './session.ts';

/** The real Codex on a scripted model, in a folder of its own. */
export interface Place {
  readonly model: ScriptedModel;
  readonly workspace: string;
  readonly home: string;
  open(config?: JsonObject, env?: Readonly<Record<string, string>>): Promise<Session>;
}

/** Looks at one thing, and says in a few words what it saw. Rejects where it could not be seen. */
export type Observation = (place: Place) => Promise<string>;

/** Gives an observation a Codex home and a model of its own. */
export async function inPlace(bin: string, observation: Observation): Promise<string> {
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

export const completed = (news: News) => news.method === 'turn/completed';
export const ofItem = (method: string, type: string) => (news: News) =>
  news.method === method && (news.params.item as Fields | undefined)?.type === type;

export async function startThread(session: Session, place: Place, params: Fields = {}): Promise<string> {
  const reply = await session.call('thread/start', {
    cwd: place.workspace,
    approvalPolicy: 'never',
    sandbox: 'read-only',
    ...params,
  });
  return String((reply.thread as Fields).id);
}

export async function startTurn(session: Session, threadId: string, text: string, params: Fields = {}): Promise<string> {
  const reply = await session.call('turn/start', { threadId, input: [{ type: 'text', text, text_elements: [] }], ...params });
  return String((reply.turn as Fields).id);
}

/** A turn to its end; what its commands printed. */
export async function outputOf(session: Session, threadId: string, text: string): Promise<string> {
  await startTurn(session, threadId, text);
  await session.wait('end of the turn', completed);
  return session.news
    .filter(ofItem('item/completed', 'commandExecution'))
    .map(({ params }) => String((params.item as Fields).aggregatedOutput))
    .join('');
}

/** Begins a turn with an endless command outside any sandbox; resolves with the process id of the command. */
export async function startCommand(session: Session, place: Place): Promise<{ thread: string; turn: string; pid: number }> {
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
export async function endsSoon(pid: number): Promise<boolean> {
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

export const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
