import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CodexRunnerOptions, childEnvironment } from '@threadbridge/codex-runner';
import { asId, type JsonObject, type WorkspacePath } from '@threadbridge/contract';
import { type ScriptedModel, startScriptedModel } from '@threadbridge/testkit/model';

export interface ScriptedCodex extends AsyncDisposable {
  /** For `createCodexRunner`: a Codex home of its own, and a model that costs nothing. Leave them out, and it is your own Codex. */
  readonly options: CodexRunnerOptions;
  readonly workspace: WorkspacePath;
  readonly model: ScriptedModel;
}

/** The real Codex on a model that does what the prompt says in `[[words]]`: no account, no network, always the same answer. */
export async function setUpScriptedCodex(): Promise<ScriptedCodex> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'codex-example-')));
  const [codexHome, workspace] = [join(folder, 'home'), join(folder, 'work')];
  await Promise.all([mkdir(codexHome), mkdir(workspace)]);
  const model = await startScriptedModel();
  return {
    // A home without anybody's shell settings: they would be in the output of commands.
    options: { codexHome, env: { ...childEnvironment(process.env), HOME: folder }, config: model.codexConfig() as JsonObject },
    workspace: asId(workspace),
    model,
    async [Symbol.asyncDispose]() {
      await model.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
