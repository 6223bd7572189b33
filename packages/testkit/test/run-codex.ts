import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CodexConfig, toConfigFlags } from '../src/model/codex-config.ts';
import { findCodexBinary } from './codex-binary.ts';

/** A Codex home and a workspace of their own, gone at the end. */
export interface CodexPlace extends AsyncDisposable {
  readonly workspace: string;
  /** `codex exec --json …`, to its end. */
  exec(config: CodexConfig, ...args: readonly string[]): Promise<CodexResult>;
  /** The environment and directory a Codex process is given here: nothing of the test's own. */
  readonly spawnOptions: { readonly cwd: string; readonly env: Readonly<Record<string, string>> };
}

export interface CodexResult {
  readonly exitCode: number | null;
  readonly events: readonly CodexEvent[];
  readonly stderr: string;
}

export interface CodexEvent {
  readonly type: string;
  readonly thread_id?: string;
  readonly item?: { readonly type: string; readonly [field: string]: unknown };
  readonly error?: { readonly message: string };
  readonly usage?: Readonly<Record<string, number>>;
}

export async function createCodexPlace(): Promise<CodexPlace> {
  const root = await mkdtemp(join(tmpdir(), 'testkit-codex-'));
  const [home, codexHome, workspace] = [join(root, 'home'), join(root, 'codex'), join(root, 'workspace')];
  await Promise.all([home, codexHome, workspace].map((path) => mkdir(path)));
  const env = { PATH: process.env.PATH ?? '/usr/bin:/bin', HOME: home, CODEX_HOME: codexHome };
  const spawnOptions = { cwd: workspace, env };
  return {
    workspace,
    spawnOptions,
    exec: (config, ...args) => run(['exec', '--json', '--skip-git-repo-check', ...toConfigFlags(config), ...args], spawnOptions),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function run(args: readonly string[], options: CodexPlace['spawnOptions']): Promise<CodexResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(findCodexBinary(), args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (exitCode) => {
      const events = stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as CodexEvent);
      resolve({ exitCode, events, stderr });
    });
  });
}

/** Items of one type, as completed. */
export function itemsOf(result: CodexResult, type: string): readonly Readonly<Record<string, unknown>>[] {
  return result.events.flatMap(({ type: kind, item }) => (kind === 'item.completed' && item?.type === type ? [item] : []));
}

/** What the agent said, message by message. */
export function textsOf(result: CodexResult): readonly string[] {
  return itemsOf(result, 'agent_message').map((item) => String(item.text));
}
