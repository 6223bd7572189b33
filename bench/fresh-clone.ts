import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, rounded } from './figure.ts';

/**
 * What a newcomer types, with nothing in any cache: a clone, then the start of the README, to the end of the first answer. The registry is the
 * one that npm is configured with; so the network is part of it. Changes that are not committed are not in a clone.
 */
export async function benchFreshClone(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'threadbridge-clone-'));
  const clone = join(folder, 'threadbridge');
  const own = (name: string) => join(folder, name);
  const caches = {
    XDG_DATA_HOME: own('data'),
    XDG_CACHE_HOME: own('cache'),
    XDG_STATE_HOME: own('state'),
    npm_config_cache: own('npm'),
    npm_config_store_dir: own('store'),
    pnpm_config_store_dir: own('store'),
    TURBO_CACHE_DIR: own('turbo'),
  };
  const env = { ...process.env, ...caches, CI: 'true' };
  try {
    const startedAt = performance.now();
    await run('git', ['clone', '--quiet', '--no-local', join(import.meta.dirname, '..'), clone], { env, cwd: folder });
    await run('npx', ['-y', 'pnpm@12.21.0', 'start', '--once', 'hello'], { env, cwd: clone });
    const tookMs = performance.now() - startedAt;
    return [
      {
        name: 'fresh clone → first answer of the demo, empty caches',
        line: 'fresh clone',
        ...{ value: rounded(tookMs / 1_000), unit: 's', target: { atMost: 180 } },
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function run(
  command: string,
  args: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): Promise<void> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0)
    throw new Error(`${command} ${args[0]} ended with ${code}: ${Buffer.concat(said).toString().trim().slice(-600)}`);
}
