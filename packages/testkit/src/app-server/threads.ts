import type { ModelClock } from '../model/clock.ts';
import { isObject, stringField } from '../model/json.ts';
import type { Client, Params } from './connection.ts';
import { playTurn, type ScriptedTurn } from './play-turn.ts';
import type { AppServerStep } from './step.ts';

/** A request that is refused, as JSON-RPC says it. */
export class Refusal extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

interface Thread {
  readonly id: string;
  readonly cwd: string;
  readonly followers: Set<Client>;
  readonly turns: ScriptedTurn[];
  active?: { readonly turn: ScriptedTurn; readonly stop: AbortController; steered: () => void };
  /** Questions that wait, by the id under which they were asked. */
  readonly questions: Map<number, { readonly params: object; readonly answer: (decision: string) => void }>;
}

export interface ThreadsOptions {
  readonly clock: ModelClock;
  readonly script: (prompt: string) => readonly AppServerStep[];
  readonly mistake: (text: string) => void;
  readonly changed: () => void;
}

/** What the server knows of threads, whoever is connected. */
export interface Threads {
  readonly turns: readonly ScriptedTurn[];
  /** Undefined: there is no such method. Throws a {@link Refusal}. */
  call(method: string, params: Params, client: Client): object | undefined;
  /** What was answered to a question. */
  answer(id: number | string, result: unknown): void;
  leave(client: Client): void;
  stop(): void;
}

const question = 'item/commandExecution/requestApproval';
const offered = ['accept', 'acceptForSession', 'decline', 'cancel'];
const sandboxes: Readonly<Record<string, string>> = {
  'read-only': 'readOnly',
  'workspace-write': 'workspaceWrite',
  'danger-full-access': 'dangerFullAccess',
};

export function createThreads({ clock, script, mistake, changed }: ThreadsOptions): Threads {
  const threads = new Map<string, Thread>();
  const turns: ScriptedTurn[] = [];
  let made = 0;

  const find = (params: Params): Thread => {
    const id = stringField(params, 'threadId');
    const thread = threads.get(id);
    if (thread === undefined) throw new Refusal(-32_600, `no rollout found for thread id ${id}`);
    return thread;
  };
  const shown = ({ id, cwd, active, turns }: Thread) => ({
    ...{ id, cwd, preview: turns[0]?.prompt ?? '', modelProvider: 'scripted', createdAt: 0, updatedAt: 0, turns: [] },
    status: active === undefined ? { type: 'idle' } : { type: 'active', activeFlags: [] },
  });
  const opened = (thread: Thread, params: Params) => ({
    ...{ thread: shown(thread), model: 'scripted', modelProvider: 'scripted', cwd: thread.cwd },
    approvalPolicy: params.approvalPolicy ?? 'on-request',
    sandbox: { type: sandboxes[String(params.sandbox)] ?? 'readOnly' },
  });

  function start(thread: Thread, params: Params): ScriptedTurn {
    const prompt = promptOf(params.input);
    const key = stringField(params, 'clientUserMessageId');
    const turn: ScriptedTurn = {
      ...{ id: `turn-${++made}`, thread: thread.id, prompt, status: 'inProgress', steers: [], decisions: [] },
      ...(key !== '' && { key }),
    };
    const stop = new AbortController();
    const active = { turn, stop, steered: () => {} };
    thread.active = active;
    thread.turns.push(turn);
    turns.push(turn);
    const tell = (method: string, told: object) => {
      for (const client of thread.followers) client.tell(method, told);
      changed();
    };
    const ask = (asked: object) =>
      new Promise<string>((resolve) => {
        const id = ++made;
        const params = { ...asked, startedAtMs: clock.now(), environmentId: null, availableDecisions: offered };
        const answer = (decision: string) => {
          thread.questions.delete(id);
          tell('serverRequest/resolved', { threadId: thread.id, requestId: id });
          resolve(decision);
        };
        thread.questions.set(id, { params, answer });
        for (const client of thread.followers) client.ask(id, question, params);
      });
    const steered = () => new Promise<void>((resolve) => Object.assign(active, { steered: resolve }));
    const steps = script(prompt);
    // The answer to the request comes first.
    void Promise.resolve()
      .then(() => playTurn(turn, steps, { clock, cwd: thread.cwd, signal: stop.signal, tell, ask, steered }))
      .then(() => {
        thread.questions.clear();
        if (thread.active === active) delete thread.active;
        changed();
      });
    return turn;
  }

  return {
    turns,
    call(method, params, client) {
      switch (method) {
        case 'thread/start': {
          const id = `00000000-0000-7000-8000-${String(++made).padStart(12, '0')}`;
          const cwd = stringField(params, 'cwd');
          if (!cwd.startsWith('/')) mistake('thread/start: cwd is no absolute path.');
          const thread: Thread = { id, cwd, followers: new Set([client]), turns: [], questions: new Map() };
          threads.set(id, thread);
          return opened(thread, params);
        }
        case 'thread/resume': {
          const thread = find(params);
          thread.followers.add(client);
          for (const [id, open] of thread.questions) client.ask(id, question, open.params);
          return opened(thread, params);
        }
        case 'thread/read':
          return { thread: shown(find(params)) };
        case 'thread/unsubscribe':
          return { status: find(params).followers.delete(client) ? 'unsubscribed' : 'notSubscribed' };
        case 'thread/queue/list':
          find(params);
          return { data: [] };
        case 'turn/start': {
          const thread = find(params);
          if (!thread.followers.has(client))
            mistake('turn/start: the thread was neither started nor resumed on this connection.');
          if (thread.active !== undefined) mistake('turn/start: a turn goes on in this thread; Codex would steer it silently.');
          const turn = start(thread, params);
          return { turn: { id: turn.id, status: turn.status, items: [], error: null } };
        }
        case 'turn/steer': {
          const { active } = find(params);
          if (active === undefined || active.turn.id !== params.expectedTurnId)
            throw new Refusal(-32_600, 'no active turn to steer');
          active.turn.steers.push(promptOf(params.input));
          active.steered();
          return { turnId: active.turn.id };
        }
        case 'turn/interrupt': {
          const { active } = find(params);
          if (active === undefined || active.turn.id !== params.turnId) throw new Refusal(-32_600, 'no active turn to interrupt');
          active.stop.abort();
          return {};
        }
        default:
          return undefined;
      }
    },
    answer(id, result) {
      const open = [...threads.values()].flatMap(({ questions }) => questions.get(Number(id)) ?? [])[0];
      const decision = stringField(result, 'decision');
      if (open === undefined) return mistake(`an answer to question ${id}, which is not open.`);
      if (!offered.includes(decision)) return mistake(`an answer with the decision "${decision}", which was not offered.`);
      open.answer(decision);
    },
    leave(client) {
      for (const { followers } of threads.values()) followers.delete(client);
    },
    stop() {
      for (const { active } of threads.values()) active?.stop.abort();
    },
  };
}

function promptOf(input: unknown): string {
  if (!Array.isArray(input)) return '';
  return input.map((one) => (isObject(one) && one.type === 'text' ? stringField(one, 'text') : '')).join('');
}
