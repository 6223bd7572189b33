import { isGatewayError, type Runner, type WorkspacePath } from '@threadbridge/contract';
import { userText } from './request/items.ts';
import { taskClassKey } from './request/to-notes.ts';
import { type SideTask, SideTaskFailure, type SideTaskTarget } from './side-tasks.ts';
import { toRunInput } from './turn/to-run-input.ts';

export interface SideTaskApiOptions {
  /** `http://127.0.0.1:PORT/v1` */
  readonly baseUrl: string;
  readonly token?: string;
  readonly model?: string;
  /** Default 60,000. */
  readonly timeoutMs?: number;
  /** Default: that of the platform. */
  readonly fetch?: typeof fetch;
}

/** Side tasks over the API of this package (or any other that speaks Responses). */
export function sideTaskApi(options: SideTaskApiOptions): SideTaskTarget {
  const { baseUrl, token, model, timeoutMs = 60_000, fetch: send = fetch } = options;
  return async (task, signal) => {
    const body = {
      input: task.prompt,
      store: false,
      metadata: { [taskClassKey]: task.taskClass },
      ...(model !== undefined && { model }),
      ...(task.instructions !== undefined && { instructions: task.instructions }),
    };
    const headers = { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const response = await send(`${baseUrl}/responses`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal: within,
    }).catch((error: unknown) => {
      throw unreachable('The API for side tasks cannot be reached.', error);
    });
    if (response.status === 502 || response.status === 503)
      throw unreachable(`The API for side tasks answered ${response.status}.`);
    if (!response.ok) throw new SideTaskFailure('rejected', `The API for side tasks answered ${response.status}.`);
    return readText(await response.json());
  };
}

/** Side tasks as isolated runs of the agent: ephemeral, read-only, without tools. `workspace` must exist; the model is not told of it. */
export function sideTaskRun(runner: Runner, workspace: WorkspacePath, model?: string): SideTaskTarget {
  return async (task, signal) => {
    const run = runner.start(toRunInput(toTurn(task, model), workspace), { signal });
    try {
      for await (const event of run.events) {
        if (event.type === 'turn.completed') return event.text;
        if (event.type === 'turn.interrupted') throw unreachable('The side task was interrupted.');
        if (event.type === 'turn.failed') {
          if (event.error.kind === 'contextWindow') throw new SideTaskFailure('rejected', event.error.message);
          throw unreachable(event.error.message);
        }
      }
    } catch (error) {
      throw isGatewayError(error) ? unreachable('The agent cannot be used just now.', error) : error;
    }
    throw unreachable('The agent ended without an answer.');
  };
}

function toTurn(task: SideTask, model: string | undefined) {
  return {
    model,
    items: [userText(task.prompt)],
    instructions: task.instructions,
    effort: undefined,
    effortParam: '',
    summary: undefined,
    verbosity: undefined,
    format: undefined,
    tools: [],
    hasParallelCalls: true,
    maxOutputTokens: undefined,
    stop: [],
    isStream: false,
  };
}

function readText(body: unknown): string {
  const { output } = body as { readonly output?: readonly { readonly content?: readonly { readonly text?: string }[] }[] };
  return (output ?? []).flatMap(({ content }) => (content ?? []).map(({ text }) => text ?? '')).join('');
}

function unreachable(message: string, cause?: unknown): SideTaskFailure {
  return new SideTaskFailure('unreachable', message, { cause });
}
