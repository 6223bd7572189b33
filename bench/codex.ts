import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCodexRunner, findNativeBinary } from '@threadbridge/codex-runner';
import { asId, type JsonObject, type ThreadId, type WorkspacePath } from '@threadbridge/contract';
import { startScriptedModel, toConfigFlags } from '@threadbridge/testkit/model';
import { type Figure, quantile, rounded } from './figure.ts';

/** A turn on the warm app-server against one `codex exec` per turn, on the same scripted model. */
export async function benchCodex(options: { readonly turns?: number } = {}): Promise<readonly Figure[]> {
  const { turns = 15 } = options;
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-bench-')));
  const [home, work] = [join(folder, 'home'), join(folder, 'work')];
  await Promise.all([mkdir(home), mkdir(work)]);
  const model = await startScriptedModel();
  const env = { PATH: process.env.PATH ?? '', HOME: folder, CODEX_HOME: home };
  const asked = () => model.requests.length;
  try {
    await using runner = createCodexRunner({ codexHome: home, env, config: model.codexConfig() as JsonObject });
    let thread: ThreadId | undefined;
    const warm: Timed[] = [];
    const cold: Timed[] = [];

    async function warmTurn(): Promise<Timed> {
      const startedAt = performance.now();
      let firstDelta = Number.NaN;
      const input = {
        prompt: '[[say: one two three]]',
        workspace: asId<WorkspacePath>(work),
        sandbox: 'read-only',
        ...(thread && { thread }),
      } as const;
      for await (const event of runner.start(input).events) {
        if (event.type === 'thread.started') thread = event.thread;
        if (event.type === 'text.delta' && Number.isNaN(firstDelta)) firstDelta = performance.now() - startedAt;
      }
      return { first: firstDelta, whole: performance.now() - startedAt };
    }

    async function execTurn(): Promise<Timed> {
      const startedAt = performance.now();
      const args = ['exec', '--json', '--skip-git-repo-check', ...toConfigFlags(model.codexConfig()), '[[say: one two three]]'];
      const child = spawn(findNativeBinary(), args, { cwd: work, env, stdio: ['ignore', 'pipe', 'ignore'] });
      let first = Number.NaN;
      child.stdout.on('data', (chunk: Buffer) => {
        // `codex exec` has no deltas: the whole message is the first word anyone sees.
        if (Number.isNaN(first) && chunk.includes('agent_message')) first = performance.now() - startedAt;
      });
      await once(child, 'close');
      return { first, whole: performance.now() - startedAt };
    }

    for (let turn = 0; turn <= turns; turn += 1) {
      const [a, b] = [await warmTurn(), await execTurn()];
      if (turn === 0) continue;
      warm.push(a);
      cold.push(b);
    }
    if (asked() < 2 * turns) throw new Error('Some turns never reached the model.');
    return [...compared('first words', warm, cold, 'first'), ...compared('whole turn', warm, cold, 'whole')];
  } finally {
    await model.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

interface Timed {
  readonly first: number;
  readonly whole: number;
}

function compared(what: string, warm: readonly Timed[], cold: readonly Timed[], field: keyof Timed): readonly Figure[] {
  const [ours, theirs] = [warm, cold].map((timed) =>
    quantile(
      timed.map((one) => one[field]),
      0.5,
    ),
  ) as [number, number];
  return [
    {
      name: `Codex: ${what} on the warm app-server, p50`,
      value: rounded(ours),
      unit: 'ms',
      ratio: rounded(theirs / ours),
      ...(field === 'first' && { line: 'warm turn', target: { of: 'ratio', atLeast: 2 } }),
    },
    { name: `Codex: ${what} by one \`codex exec\` per turn, p50`, value: rounded(theirs), unit: 'ms' },
  ];
}
