import type { Fingerprint, SandboxMode, Scope, WorkspacePath } from '@threadbridge/contract';
import type { Access, Rules } from '../decide/rules.ts';
import { fingerprint } from './fingerprint.ts';

/** What policy allows for one run. */
export interface RunPlan {
  readonly access: Access;
  readonly sandbox: SandboxMode;
  readonly network: boolean;
  readonly workspace: WorkspacePath;
  /** Equal plans have equal fingerprints; a thread is continued only under an equal one. */
  readonly fingerprint: Fingerprint;
}

const order: readonly Access[] = ['read-only', 'workspace', 'full'];
const sandboxes: Readonly<Record<Access, SandboxMode>> = {
  'read-only': 'read-only',
  workspace: 'workspace-write',
  full: 'danger-full-access',
};

/** How much runs of a conversation may touch: the default, never above the ceiling; `full` only in a private place, network only where it is on. */
export function accessIn(scope: Scope, rules: Rules): Access {
  const { defaultAccess, maxAccess } = rules.permissions;
  const isPrivate = scope.kind === 'private' || scope.kind === 'console';
  const ceiling = isPrivate ? maxAccess : 'read-only';
  return order[Math.min(order.indexOf(defaultAccess), order.indexOf(ceiling))] ?? 'read-only';
}

export function planRun(scope: Scope, workspace: WorkspacePath, rules: Rules): RunPlan {
  const access = accessIn(scope, rules);
  const network = rules.permissions.network;
  return {
    access,
    sandbox: sandboxes[access],
    network,
    workspace,
    fingerprint: fingerprint({ scope: scope.id, workspace, access, network, identity: rules.codex.identity }),
  };
}
