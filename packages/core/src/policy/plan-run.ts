import type { ActorId, Fingerprint, RunRequest, SandboxMode, Scope, WorkspacePath } from '@threadbridge/contract';
import type { Access, Rules } from '../decide/rules.ts';
import { fingerprint } from './fingerprint.ts';
import { chatOf, groupOf, isShared, type Role, roleOf } from './roles.ts';

/** What policy allows for one run. */
export interface RunPlan {
  readonly access: Access;
  readonly sandbox: SandboxMode;
  readonly network: boolean;
  /** `never`: everything that would need asking is refused to the model, because nobody there may answer. */
  readonly approvals: 'untrusted' | 'on-request' | 'never';
  readonly workspace: WorkspacePath;
  readonly denyRead: readonly string[];
  /** Variables of the identity that its commands act under at the platform. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Equal plans have equal fingerprints; a thread is continued only under an equal one. */
  readonly fingerprint: Fingerprint;
  /** The rules that made it so. */
  readonly because: readonly string[];
}

const order: readonly Access[] = ['read-only', 'workspace', 'full'];
const sandboxes: Readonly<Record<Access, SandboxMode>> = {
  'read-only': 'read-only',
  workspace: 'workspace-write',
  full: 'danger-full-access',
};
const roleCeilings: Readonly<Record<Role, Access>> = { guest: 'read-only', user: 'workspace', admin: 'workspace', owner: 'full' };

/** How much runs may touch: the profile's default, never above its ceiling, the place's, that of anyone who asks, or what is asked for. */
export function accessOf(
  scope: Scope,
  actors: readonly ActorId[],
  rules: Rules,
  request: RunRequest = {},
): { readonly access: Access; readonly because: readonly string[] } {
  const { defaultAccess, maxAccess } = rules.permissions;
  const limits: (readonly [Access, string])[] = [
    [defaultAccess, `permissions.defaultAccess: ${defaultAccess}`],
    [maxAccess, `permissions.maxAccess: ${maxAccess}`],
  ];
  if (isShared(scope)) {
    const access = groupOf(scope, rules)?.access ?? 'read-only';
    limits.push([access, `shared place: ${access}`]);
  }
  if (request.sandbox !== undefined) {
    const access = request.sandbox === 'read-only' ? 'read-only' : 'workspace';
    limits.push([access, `asked for: ${access}`]);
  }
  for (const actor of actors) {
    const role = roleOf(actor, rules)?.role ?? 'guest';
    limits.push([roleCeilings[role], `role ${role}: at most ${roleCeilings[role]}`]);
  }
  const lowest = Math.min(...limits.map(([access]) => order.indexOf(access)));
  return {
    access: order[lowest] ?? 'read-only',
    because: limits.filter(([access]) => order.indexOf(access) === lowest).map(([, because]) => because),
  };
}

export function planRun(
  scope: Scope,
  actors: readonly ActorId[],
  workspace: WorkspacePath,
  rules: Rules,
  request: RunRequest = {},
): RunPlan {
  const { access, because } = accessOf(scope, actors, rules, request);
  const { network } = rules.permissions;
  const isOwnersOwn = !isShared(scope) && actors.every((actor) => roleOf(actor, rules)?.role === 'owner');
  const denyRead = isOwnersOwn ? [] : rules.secretPaths;
  const approvals = isShared(scope) && access === 'read-only' ? 'never' : (request.approvals ?? 'on-request');
  const { identity } = rules.codex;
  const attachments = { ...rules.attachments };
  // What a command can use it can also print: nobody but the owner, in private, gets at the app's secret.
  const projection = isOwnersOwn ? rules.projections?.[scope.channel] : undefined;
  return {
    ...{ access, sandbox: sandboxes[access], network, approvals, workspace, denyRead },
    because: projection === undefined ? because : [...because, `platform identity: ${projection.identity}`],
    ...(projection && { variables: projection.variables }),
    fingerprint: fingerprint({
      ...{
        scope: scope.kind === 'comment' ? chatOf(scope) : scope.id,
        workspace,
        access,
        network,
        approvals,
        denyRead,
        attachments,
        identity,
      },
      ...(projection && { projection: projection.identity }),
    }),
  };
}
