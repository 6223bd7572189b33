import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ProtocolSchema, readSchema } from './read-schema.ts';

const run = promisify(execFile);

/** The version a program says it has. Rejects where it says none within 10 s. */
export async function readVersion(bin: string, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  const { stdout } = await run(bin, ['--version'], { env: { ...env }, timeout: 10_000 });
  return /\d+\.\d+\.\d+/.exec(stdout)?.[0];
}

/** Has a Codex program write down its own protocol: no login, no network, under a second. Its home is an empty folder meanwhile. */
export async function generateSchema(bin: string, env: Readonly<Record<string, string>>): Promise<ProtocolSchema> {
  const folder = await mkdtemp(join(tmpdir(), 'codex-schema-'));
  try {
    await run(bin, ['app-server', 'generate-json-schema', '--experimental', '--out', folder], {
      env: { ...env, CODEX_HOME: folder, HOME: folder },
      timeout: 30_000,
    });
    return readSchema(JSON.parse(await readFile(join(folder, 'codex_app_server_protocol.schemas.json'), 'utf8')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
