import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..', '..');

export interface ContractResult {
  readonly passed: number;
  readonly skipped: number;
  readonly failed: readonly { readonly name: string; readonly message: string }[];
}

interface VitestReport {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

/** The contract of runners, on app-server of one Codex program. */
export async function runContract(bin: string): Promise<ContractResult> {
  const folder = await mkdtemp(join(tmpdir(), 'codex-contract-'));
  const file = join(folder, 'report.json');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', '--project', 'whole', '--reporter', 'json', '--outputFile', file, 'compat-contract.int.test'];
  try {
    const printed = await new Promise<string>((resolve) => {
      execFile(process.execPath, args, { cwd: root, env: { ...process.env, CODEX_COMPAT_BIN: bin } }, (_error, stdout, stderr) =>
        resolve(`${stdout}\n${stderr}`),
      );
    });
    const text = await readFile(file, 'utf8').catch(() => {
      throw new Error(`The contract could not be run.\n${printed}`);
    });
    return toResult(JSON.parse(text) as VitestReport);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function toResult({ testResults }: VitestReport): ContractResult {
  const tests = testResults.flatMap((file) => file.assertionResults);
  const failed = tests
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => ({ name: fullName, message: failureMessages?.[0]?.split('\n')[0] ?? '' }));
  const broken = tests.length === 0 ? testResults.map(({ message }) => ({ name: 'the suite', message })) : [];
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    skipped: tests.filter(({ status }) => status === 'skipped' || status === 'pending').length,
    failed: [...failed, ...broken],
  };
}
