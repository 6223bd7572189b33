import { join } from 'node:path';
import type { NodeLine } from '../node-lines.ts';
import { run } from '../run.ts';
import { openHome } from './home.ts';
import { steps } from './steps/index.ts';
import { trySteps } from './try-steps.ts';

export interface TrialOptions {
  /** An empty one is made below it. */
  readonly directory: string;
  readonly registry: string;
  readonly node: Pick<NodeLine, 'version' | 'path'>;
  readonly say: (line: string) => void;
}

/** The whole way from `npm install` to `npm uninstall` in an empty home. Answers with what is wrong. */
export async function tryAsNewUser({ directory, registry, node, say }: TrialOptions): Promise<readonly string[]> {
  say(`As a new user on Node ${node.version}:`);
  const get = async (name: string) => (await run('npm', ['config', 'get', name, '--silent'], { cwd: directory })).trim();
  const npm = { userconfig: await get('userconfig'), globalconfig: await get('globalconfig'), cache: await get('cache') };
  await using home = openHome({ directory: join(directory, `new-${node.version}`), registry, node: node.path, npm });
  return (await trySteps(steps, home, say)).map((mistake) => `Node ${node.version}: ${mistake}`);
}
