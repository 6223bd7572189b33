import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findNativeBinary } from '@threadbridge/codex-runner';
import { type ScriptedModel, toConfigFlags } from '@threadbridge/testkit/model';

const run = promisify(execFile);

export interface Desk {
  readonly model: ScriptedModel;
  readonly workspace: string;
  readonly codexHome: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What a person does at the desk meanwhile: `codex exec` in the same Codex home. Resolves with what it printed. */
export async function atTheDesk(desk: Desk, ...words: readonly string[]): Promise<string> {
  const flags = toConfigFlags(desk.model.codexConfig());
  const args = ['exec', '--skip-git-repo-check', ...flags, ...words];
  const made = run(findNativeBinary(), args, {
    cwd: desk.workspace,
    env: { ...desk.environment, CODEX_HOME: desk.codexHome },
  });
  made.child.stdin?.end();
  return (await made).stdout;
}
