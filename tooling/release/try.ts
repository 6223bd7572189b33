import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packAll } from './packs.ts';
import { startRegistry } from './registry.ts';
import { tryAsNewUser } from './trial/try-as-new-user.ts';

const directory = realpathSync(mkdtempSync(join(tmpdir(), 'try-')));
const say = (line: string) => void process.stdout.write(`${line}\n`);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
process.once('exit', () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));

const packs = await packAll(join(import.meta.dirname, '..', '..'), directory);
await using registry = await startRegistry(packs, directory);
const node = { version: process.versions.node, path: process.execPath };
const mistakes = await tryAsNewUser({ directory, registry: registry.url, node, say });
for (const mistake of mistakes) say(`✗ ${mistake}`);
process.exitCode = mistakes.length === 0 ? 0 : 1;
