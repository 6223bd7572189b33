import { dirname } from 'node:path';
import type { JsonObject, RunInput, ThreadId } from '@threadbridge/contract';
import type {
  JsonValue as CodexJson,
  ReasoningSummary,
  SandboxPolicy,
  ThreadResumeParams,
  ThreadSettingsUpdateParams,
  ThreadStartParams,
  TurnStartParams,
  UserInput,
} from '../app-server/protocol.gen.ts';
import { jsonObject, maybe } from './seen.ts';

/** The permission profile of a run with `denyRead`; it lives in the thread's configuration only. */
export const profileName = 'threadbridge';

/** How a new thread is made. */
export function toThreadStart(input: RunInput): ThreadStartParams {
  return {
    ...threadSettings(input),
    ...maybe('developerInstructions', input.instructions),
    ...maybe('ephemeral', input.ephemeral),
    ...(input.environment === 'none' && { environments: [] }),
    ...(input.usage === 'early' && { experimentalRawEvents: true }),
    ...(input.tools && {
      dynamicTools: input.tools.map((tool) => ({
        type: 'function' as const,
        name: tool.name,
        description: tool.description,
        inputSchema: tool.inputSchema as CodexJson,
      })),
    }),
  };
}

/** How a known thread is loaded. Everything is said again: Codex keeps no `config` over a cold resume, and older ones keep no policy. */
export function toThreadResume(thread: ThreadId, input: RunInput): ThreadResumeParams {
  return { ...threadSettings(input), threadId: thread, excludeTurns: true };
}

function threadSettings(input: RunInput) {
  return {
    cwd: input.workspace,
    approvalPolicy: input.approvals ?? ('on-request' as const),
    // A profile and a sandbox exclude each other.
    ...(hasProfile(input) ? { permissions: profileName } : { sandbox: input.sandbox }),
    config: threadConfig(input) as Record<string, CodexJson>,
    ...maybe('model', input.model),
    ...maybe('modelProvider', input.provider),
    ...maybe('serviceTier', input.serviceTier),
  };
}

/**
 * One turn. Policy, sandbox and directory go along with every one: a thread that is loaded already ignores what a resume says, and what one
 * turn sets holds for all later ones.
 */
export function toTurnStart(thread: ThreadId, input: RunInput): TurnStartParams {
  return {
    threadId: thread,
    input: toUserInput(input.prompt, input.images),
    // A turn that names a directory gets it, whatever the thread was made with.
    ...(input.environment === 'none' ? { environments: [] } : { cwd: input.workspace }),
    approvalPolicy: input.approvals ?? 'on-request',
    ...(hasProfile(input) ? { permissions: profileName } : { sandboxPolicy: toSandboxPolicy(input) }),
    ...maybe('clientUserMessageId', input.key),
    ...maybe('model', input.model),
    ...maybe('effort', input.effort),
    ...maybe('summary', input.summary as ReasoningSummary | undefined),
    ...maybe('serviceTier', input.serviceTier),
    ...maybe('outputSchema', input.outputSchema as CodexJson | undefined),
  };
}

/** The same for a turn that is begun in another way: what is in force on the thread from now on. */
export function toSettingsUpdate(thread: ThreadId, input: RunInput): ThreadSettingsUpdateParams {
  const { cwd, approvalPolicy, sandboxPolicy, permissions, model, effort, summary, serviceTier } = toTurnStart(thread, input);
  return {
    threadId: thread,
    ...maybe('cwd', cwd),
    ...maybe('approvalPolicy', approvalPolicy),
    ...maybe('sandboxPolicy', sandboxPolicy),
    ...maybe('permissions', permissions),
    ...maybe('model', model),
    ...maybe('effort', effort),
    ...maybe('summary', summary),
    ...maybe('serviceTier', serviceTier),
  };
}

export function toUserInput(text: string, images: readonly string[] = []): UserInput[] {
  const words: UserInput[] = text === '' ? [] : [{ type: 'text', text, text_elements: [] }];
  return [...words, ...images.map(toImage)];
}

/** Codex reads files itself; other addresses than `data:` it refuses. */
function toImage(image: string): UserInput {
  return isDataUrl(image) ? { type: 'image', url: image } : { type: 'localImage', path: image };
}

export function isDataUrl(image: string): boolean {
  return image.startsWith('data:');
}

/** What is fixed while a thread is loaded; a run that differs in it needs the thread loaded anew. */
export function loadedSettings(input: RunInput): string {
  return JSON.stringify([threadConfig(input), hasProfile(input), input.provider ?? null]);
}

function toSandboxPolicy(input: RunInput): SandboxPolicy {
  switch (input.sandbox) {
    case 'read-only':
      return { type: 'readOnly', networkAccess: input.network ?? false };
    case 'workspace-write':
      return {
        type: 'workspaceWrite',
        writableRoots: [...(input.writableRoots ?? [])],
        networkAccess: input.network ?? false,
        excludeTmpdirEnvVar: false,
        excludeSlashTmp: false,
      };
    case 'danger-full-access':
      return { type: 'dangerFullAccess' };
  }
}

/** Commands see `HOME`, `PATH` and the like, and nothing else of the environment unless the caller's configuration says otherwise. */
export function threadConfig(input: RunInput): JsonObject {
  const policy = input.config?.shell_environment_policy ?? { inherit: 'core' };
  const { set, ...rest } = jsonObject(policy);
  return {
    ...input.config,
    shell_environment_policy:
      input.variables === undefined ? policy : { ...rest, set: { ...jsonObject(set), ...input.variables } },
    ...(hasProfile(input) && { permissions: { ...jsonObject(input.config?.permissions), [profileName]: toProfile(input) } }),
  };
}

function hasProfile(input: RunInput): boolean {
  return (input.denyRead ?? []).length > 0;
}

/** `readOnly` and `workspaceWrite` as a profile, with paths that even reading is denied to; a sandbox alone cannot hide files. */
function toProfile(input: RunInput): JsonObject {
  const isWritable = input.sandbox === 'workspace-write';
  return {
    extends: isWritable ? ':workspace' : ':read-only',
    filesystem: {
      ...Object.fromEntries((isWritable ? (input.writableRoots ?? []) : []).map((path) => [path, 'write'])),
      ...Object.fromEntries((input.denyRead ?? []).map((path) => [path, 'deny'])),
      // The narrower path wins. On Linux a hidden place is opened again only around what may be written, so that goes around it.
      ...Object.fromEntries(
        (input.allowRead ?? []).flatMap((path) => [
          [dirname(path), 'write'],
          [path, 'read'],
        ]),
      ),
    },
    ...(input.network && { network: { enabled: true } }),
  };
}
