import type { ThreadOptions } from '@openai/codex-sdk';
import type { JsonObject, RunInput } from '@threadbridge/contract';
import { profileName, threadConfig } from '../convert/from-run-input.ts';
import { maybe } from '../convert/seen.ts';
import { configFlags } from '../process/config-flags.ts';

/** What the SDK is told for one turn. Everything is said every time: `codex exec` restores less of a thread than app-server does. */
export interface SdkRequest {
  /** `key=value`, as `codex -c` takes them. */
  readonly configOverrides: string[];
  readonly threadOptions: ThreadOptions;
}

/** `config` is that of the runner; what the run says goes over it. */
export function toSdkRequest(input: RunInput, config: JsonObject): SdkRequest {
  // A run's own policy for the environment would else come before that of the runner.
  const { shell_environment_policy } = config;
  const policy = shell_environment_policy === undefined ? {} : { shell_environment_policy };
  const hasProfile = (input.denyRead ?? []).length > 0;
  const settings: JsonObject = {
    ...threadConfig({ ...input, config: { ...policy, ...input.config } }),
    // Where a sandbox is named besides, Codex takes no notice of the profile.
    ...(hasProfile && { default_permissions: profileName }),
    ...maybe('model_provider', input.provider),
    ...maybe('model_reasoning_effort', input.effort),
    ...maybe('model_reasoning_summary', input.summary),
    ...maybe('service_tier', input.serviceTier),
    ...(input.thread === undefined && maybe('developer_instructions', input.instructions)),
  };
  return {
    configOverrides: [...configFlags(config), ...configFlags(settings)].filter((flag) => flag !== '-c'),
    threadOptions: {
      workingDirectory: input.workspace,
      skipGitRepoCheck: true,
      approvalPolicy: 'never',
      ...(!hasProfile && { sandboxMode: input.sandbox, additionalDirectories: [...(input.writableRoots ?? [])] }),
      ...(!hasProfile && input.sandbox === 'workspace-write' && { networkAccessEnabled: input.network ?? false }),
      ...maybe('model', input.model),
    },
  };
}
