import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { linesWithin, type NodeLine } from './node-lines.ts';
import type { Pack } from './packs.ts';
import { run } from './run.ts';

/** Installs the command for the whole machine, as a user does, with an empty home, and has one message answered by the demo. */
export async function tryCommand(
  pack: Pack,
  options: { readonly directory: string; readonly registry: string; readonly nodes: readonly NodeLine[] },
): Promise<readonly string[]> {
  const tried: string[] = [];
  for (const node of linesWithin(pack.manifest.engines.node, options.nodes)) {
    const prefix = join(options.directory, `global-${node.major}`);
    const home = join(prefix, 'home');
    mkdirSync(home, { recursive: true });
    const place = { cwd: home, node: node.path, environment: { THREADBRIDGE_HOME: join(home, '.threadbridge') } };
    const wanted = `${pack.manifest.name}@${pack.manifest.version}`;
    const flags = ['--no-audit', '--no-fund', '--registry', options.registry, '--prefix', prefix];
    await run('npm', ['install', '--global', ...flags, wanted], place);
    const command = join(prefix, ...(process.platform === 'win32' ? [] : ['bin']), 'threadbridge');
    const version = (await run(command, ['--version'], place)).trim();
    if (version !== pack.manifest.version) throw new Error(`threadbridge --version said ${version}`);
    await run(command, ['demo', '--once', 'hello'], place);
    tried.push(node.version);
  }
  return tried;
}
