import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCodexRunner } from '@threadbridge/codex-runner';
import { asId, type JsonObject, type Runner, type WorkspacePath } from '@threadbridge/contract';
import { createNativeApi, serve } from '@threadbridge/native-api';
import { startScriptedModel } from '@threadbridge/testkit/model';
import { type Figure, quantile, rounded } from './figure.ts';

interface Timed {
  readonly first: number;
  readonly whole: number;
}

const words = '[[say: one two three four five six seven eight nine ten]]';

/** What the API switches off costs time in a turn that leaves it on; the comparison is with a turn that is as light. */
const off = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, false]));
const bareConfig: JsonObject = {
  features: off(
    'shell_tool',
    'unified_exec',
    'goals',
    'view_image',
    'multi_agent',
    'tool_suggest',
    'skill_search',
    'plugins',
    'apps',
  ),
  agents: { enabled: false },
  skills: { include_instructions: false, bundled: { enabled: false } },
  project_doc_max_bytes: 0,
  include_permissions_instructions: false,
  include_environment_context: false,
};

/** The native API over HTTP against a bare ephemeral turn of the runner under it (its thread/start included), in turns. */
export async function benchNativeApi(options: { readonly turns?: number } = {}): Promise<readonly Figure[]> {
  const { turns = 60 } = options;
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-bench-')));
  const [home, work] = [join(folder, 'home'), join(folder, 'work')];
  await Promise.all([mkdir(home), mkdir(work)]);
  const model = await startScriptedModel();
  const env = { PATH: process.env.PATH ?? '', HOME: folder };
  try {
    await using runner = createCodexRunner({ codexHome: home, env, config: model.codexConfig() as JsonObject });
    await using server = await serve(createNativeApi({ runner, workspace: work }), { port: 0 });
    const bare: Timed[] = [];
    const streamed: Timed[] = [];
    const whole: Timed[] = [];
    for (let turn = 0; turn < turns + 3; turn += 1) {
      const timed = [
        await bareTurn(runner, work),
        await wholeAnswer(server.baseUrl),
        await streamedAnswer(server.baseUrl),
      ] as const;
      if (turn < 3) continue;
      bare.push(timed[0]);
      whole.push(timed[1]);
      streamed.push(timed[2]);
    }
    if (model.requests.length < 3 * turns) throw new Error('Some turns never reached the model.');
    return [
      ...compared('warm answer', bare, whole, 'whole', { line: 'native api', target: { atMost: 20 } }),
      ...compared('first delta of a stream', bare, streamed, 'first', { target: { atMost: 10 } }),
    ];
  } finally {
    await model.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function bareTurn(runner: Runner, work: string): Promise<Timed> {
  const startedAt = performance.now();
  let first = Number.NaN;
  let end = Number.NaN;
  const input = {
    prompt: words,
    workspace: asId<WorkspacePath>(work),
    sandbox: 'read-only',
    approvals: 'never',
    ephemeral: true,
    environment: 'none',
    config: bareConfig,
  } as const;
  for await (const event of runner.start(input).events) {
    if (event.type === 'text.delta' && Number.isNaN(first)) first = performance.now() - startedAt;
    if (event.type === 'turn.completed') end = performance.now() - startedAt;
  }
  return { first, whole: end };
}

async function wholeAnswer(baseUrl: string): Promise<Timed> {
  const startedAt = performance.now();
  const answer = await post(baseUrl, false);
  await answer.json();
  return { first: Number.NaN, whole: performance.now() - startedAt };
}

async function streamedAnswer(baseUrl: string): Promise<Timed> {
  const startedAt = performance.now();
  const answer = await post(baseUrl, true);
  let first = Number.NaN;
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (Number.isNaN(first) && text.includes('output_text.delta')) first = performance.now() - startedAt;
  }
  return { first, whole: performance.now() - startedAt };
}

async function post(baseUrl: string, stream: boolean): Promise<Response> {
  const answer = await fetch(`${baseUrl}/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ input: words, stream }),
  });
  if (answer.status !== 200) throw new Error(`The API answered ${answer.status}.`);
  return answer;
}

function compared(
  what: string,
  bare: readonly Timed[],
  api: readonly Timed[],
  field: keyof Timed,
  wanted: Pick<Figure, 'line' | 'target'>,
): readonly Figure[] {
  const [theirs, ours] = [bare, api].map((timed) =>
    quantile(
      timed.map((one) => one[field]),
      0.5,
    ),
  ) as [number, number];
  return [
    { name: `Native API: ${what}, p50`, value: rounded(ours), unit: 'ms', ratio: rounded(ours / theirs) },
    { name: `Native API: ${what}, a bare turn as light, p50`, value: rounded(theirs), unit: 'ms' },
    { name: `Native API: ${what}, more than the bare turn`, value: rounded(ours - theirs), unit: 'ms', ...wanted },
  ];
}
