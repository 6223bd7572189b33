import { resolve } from 'node:path';
import { type Task, type TaskAnswer, type TaskApi, TaskError, type TaskErrorCode, type TaskEvent } from '@threadbridge/task-api';
import type { ListTasksOptions, RespondOptions, StartTaskOptions, TaskOptions } from '../commands/task.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { plainText } from '../terminal/plain-text.ts';
import { callerOf, openProfileTasks } from './open-tasks.ts';

const waitMs = 30_000;
const codes: Readonly<Record<TaskErrorCode, number>> = {
  invalid: exitCode.usage,
  unauthorized: exitCode.refused,
  refused: exitCode.refused,
  not_found: exitCode.failed,
  conflict: exitCode.failed,
  unavailable: exitCode.failed,
};

/** Opens the tasks and does one thing with them. A refusal is said in one line; answers with the exit code. */
async function withTasks(
  options: TaskOptions,
  io: Io,
  work: (tasks: TaskApi, by: 'person' | 'program') => Promise<number>,
): Promise<number> {
  const by = callerOf(io);
  try {
    return await work(await openProfileTasks(options, io, by), by);
  } catch (error) {
    if (!(error instanceof TaskError)) throw error;
    writeLine(io.stderr, error.message);
    return codes[error.code];
  }
}

/** Starts a task; with `watch`, stays to its end. */
export function startTask(prompt: string, options: StartTaskOptions, io: Io): Promise<number> {
  const { cwd, model, sandbox, approvals, notify, dryRun = false } = options;
  return withTasks(options, io, async (tasks, by) => {
    const wish = {
      ...{ prompt, sandbox, approvals, notify: [...notify], dryRun },
      ...(cwd !== undefined && { cwd: resolve(cwd) }),
      ...(model !== undefined && { model }),
    };
    const started = await tasks.start(wish, by);
    if (options.watch && !dryRun) return await follow(tasks, started.id, options, io);
    if (options.json) writeLine(io.stdout, JSON.stringify(started));
    else writeLine(io.stdout, dryRun ? io.texts.tasks.dry : started.id);
    return exitCode.done;
  });
}

/** Shows how a task stands. */
export function showTask(id: string, options: TaskOptions, io: Io): Promise<number> {
  return withTasks(options, io, async (tasks) => show(await tasks.status(id), options, io));
}

/** Ends a task. */
export function interruptTask(id: string, options: TaskOptions, io: Io): Promise<number> {
  return withTasks(options, io, async (tasks, by) => show(await tasks.interrupt(id, by), options, io));
}

/** Puts words into a task's turn. */
export function steerTask(id: string, text: string, options: TaskOptions, io: Io): Promise<number> {
  return withTasks(options, io, async (tasks, by) => show(await tasks.steer(id, text, by), options, io));
}

/** Lists tasks. */
export function listTasks(options: ListTasksOptions, io: Io): Promise<number> {
  return withTasks(options, io, async (tasks) => {
    const page = await tasks.list({ limit: options.limit });
    if (options.json) writeLine(io.stdout, JSON.stringify(page));
    else if (page.tasks.length === 0) writeLine(io.stdout, io.texts.tasks.none);
    else
      for (const { id, status, createdAt, prompt } of page.tasks) {
        const when = new Date(createdAt).toISOString().slice(0, 16).replace('T', ' ');
        writeLine(io.stdout, `${id}  ${when}  ${status.padEnd(11)}  ${firstLine(prompt)}`);
      }
    return exitCode.done;
  });
}

/** Answers what a task asks. */
export function respondToTask(id: string, request: string, options: RespondOptions, io: Io): Promise<number> {
  const answer = toAnswer(options);
  if (answer === undefined) {
    writeLine(io.stderr, io.texts.tasks.sayOne);
    return Promise.resolve(exitCode.usage);
  }
  return withTasks(options, io, async (tasks, by) => show(await tasks.respond(id, request, answer, by), options, io));
}

/** Shows what happens to a task, to its end. Answers with 1 where it did not complete. */
export function watchTask(id: string, options: TaskOptions, io: Io): Promise<number> {
  return withTasks(options, io, (tasks) => follow(tasks, id, options, io));
}

async function follow(tasks: TaskApi, id: string, options: TaskOptions, io: Io): Promise<number> {
  if (!options.json) writeLine(io.stdout, id);
  for (let after = 0; ; ) {
    const { status, events } = await tasks.watch(id, after, waitMs);
    for (const event of events) {
      after = event.seq;
      const line = options.json ? JSON.stringify(event) : describe(event);
      if (line !== undefined) writeLine(io.stdout, line);
    }
    const isOver = status === 'completed' || status === 'failed' || status === 'interrupted';
    if (isOver && events.length === 0) return status === 'completed' ? exitCode.done : exitCode.failed;
  }
}

/** An event for people; undefined: nothing they need to see. */
function describe({ type, detail }: TaskEvent): string | undefined {
  const text = (key: string) => plainText(String(detail[key] ?? ''));
  switch (type) {
    case 'message':
      return text('text');
    case 'step':
      return `· ${detail.command === undefined ? text('what') : text('command')}`;
    case 'run.ended':
      return [text('text'), text('note')].filter((part) => part !== '').join('\n');
    default:
      return undefined;
  }
}

function show(task: Task, options: TaskOptions, io: Io): number {
  if (options.json) {
    writeLine(io.stdout, JSON.stringify(task));
    return exitCode.done;
  }
  writeLine(io.stdout, `${task.id}  ${task.status}  ${firstLine(task.prompt)}`);
  for (const { code, kind, detail } of task.requests) {
    const { command, message } = detail;
    writeLine(io.stdout, io.texts.tasks.asks({ code, what: plainText(String(command ?? message ?? kind)) }));
  }
  const said = [task.text, task.note].filter((part) => part !== undefined && part !== '').join('\n');
  if (said !== '') writeLine(io.stdout, plainText(said));
  return exitCode.done;
}

function toAnswer({ approve, session, deny, answer }: RespondOptions): TaskAnswer | undefined {
  const said = [approve === true, deny === true, answer.length > 0].filter(Boolean);
  if (said.length !== 1) return undefined;
  if (answer.length > 0) return { type: 'answers', answers: [...answer] };
  if (deny) return { type: 'decision', decision: 'decline' };
  return { type: 'decision', decision: session ? 'acceptForSession' : 'accept' };
}

function firstLine(text: string): string {
  const [line = ''] = plainText(text).split('\n');
  const letters = Array.from(line);
  return letters.length > 80 ? `${letters.slice(0, 80).join('')}…` : line;
}
