import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGatewayError, type RunnerHealth } from '@threadbridge/contract';
import { count, maybe, words } from '../convert/seen.ts';
import { judgeVersion, pinnedVersion } from '../version.ts';
import type { AppServer } from './app-server.ts';

type Problem = RunnerHealth['problems'][number];

/** What works and what does not. Costs no turn, and no network where the login needs none. */
export async function checkHealth(use: () => Promise<AppServer>): Promise<RunnerHealth> {
  let server: AppServer;
  try {
    server = await use();
  } catch (error) {
    return { isUsable: false, name: 'codex', login: 'unknown', sandbox: 'unknown', problems: [toProblem('runner.lost', error)] };
  }
  const [login, sandbox] = await Promise.all([checkLogin(server), checkSandbox(server)]);
  return {
    isUsable: login.state !== 'missing',
    name: 'codex',
    login: login.state,
    sandbox: sandbox.state,
    problems: [...login.problems, ...sandbox.problems, ...versionProblems(server), ...warningProblems(server)],
    ...maybe('version', server.version),
    ...maybe('home', server.home),
  };
}

async function checkLogin(server: AppServer): Promise<{ state: RunnerHealth['login']; problems: readonly Problem[] }> {
  try {
    const { account, requiresOpenaiAuth } = await server.client.call('account/read', {});
    if (account !== null && account !== undefined) return { state: 'ok', problems: [] };
    if (requiresOpenaiAuth !== true) return { state: 'notNeeded', problems: [] };
    const message = 'Codex is not logged in; its requests would go out without a key.';
    return { state: 'missing', problems: [{ code: 'runner.unauthorized', message, remedy: 'Log in with `codex login`.' }] };
  } catch (error) {
    // A login by ChatGPT is looked up at the backend: out of reach is not logged out.
    return { state: 'unknown', problems: [toProblem('codex.login', error)] };
  }
}

/** Where user namespaces are forbidden, as in many containers, every sandboxed command fails while turns read `completed`. */
async function checkSandbox(server: AppServer): Promise<{ state: RunnerHealth['sandbox']; problems: readonly Problem[] }> {
  try {
    const sandboxPolicy = { type: 'readOnly' as const, networkAccess: false };
    const { exitCode, stderr } = await server.client.call('command/exec', { command: ['true'], sandboxPolicy });
    if (count(exitCode) !== 0) {
      const message = `Sandboxed commands fail on this machine: ${words(stderr).trim().slice(0, 300)}`;
      const remedy = 'Allow unprivileged user namespaces, or run in a container of its own with full access.';
      return { state: 'broken', problems: [{ code: 'codex.sandbox', message, remedy }] };
    }
    if (!(await escapes((command) => server.client.call('command/exec', { command, sandboxPolicy }))))
      return { state: 'ok', problems: [] };
    const message = 'A command that may only read wrote a file: the sandbox confines nothing.';
    const remedy = 'Run nothing that you would not run yourself, and see what Codex says of its sandbox on this system.';
    return { state: 'broken', problems: [{ code: 'codex.sandbox', message, remedy }] };
  } catch (error) {
    return { state: 'unknown', problems: [toProblem('codex.sandbox', error)] };
  }
}

/** Whether a command in the sandbox for reading can make a file all the same. */
async function escapes(run: (command: string[]) => Promise<unknown>): Promise<boolean> {
  // Windows has no such program; what it says of its sandbox has to do there.
  if (process.platform === 'win32') return false;
  const directory = await mkdtemp(join(tmpdir(), 'codex-sandbox-'));
  try {
    const file = join(directory, 'written');
    await run(['touch', file]);
    return existsSync(file);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function versionProblems(server: AppServer): readonly Problem[] {
  if (judgeVersion(server.version) === 'tested') return [];
  const message = `Codex ${server.version ?? 'of unknown version'} was not tested with this gateway.`;
  return [{ code: 'codex.version', message, remedy: `If something fails, use Codex ${pinnedVersion}.` }];
}

function warningProblems(server: AppServer): readonly Problem[] {
  return server.warnings.map((message) => ({ code: 'codex.config', message }));
}

function toProblem(code: string, error: unknown): Problem {
  if (!isGatewayError(error)) return { code, message: error instanceof Error ? error.message : String(error) };
  return { code: error.code, message: error.message, ...maybe('remedy', error.remedy) };
}
