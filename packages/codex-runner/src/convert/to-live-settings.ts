import type { LiveSettings, RunCeiling, SandboxMode } from '@threadbridge/contract';
import type { ActivePermissionProfile, SandboxPolicy, ThreadResumeResponse } from '../app-server/protocol.gen.ts';
import { maybe, type Seen, seen, text, texts, words } from './seen.ts';

/** What is in force on a thread, from the reply to its resume. */
export function toLiveSettings(reply: Seen<ThreadResumeResponse>): LiveSettings {
  const policy = seen<SandboxPolicy>(reply.sandbox);
  const profile = text(seen<ActivePermissionProfile>(reply.activePermissionProfile).id);
  // A profile of somebody's own making can allow what its nearest sandbox does not; those of Codex begin with a colon.
  const isPlain = profile === undefined || profile.startsWith(':');
  return {
    sandbox: isPlain ? toMode(text(policy.type)) : 'other',
    network: policy.type === 'dangerFullAccess' || (policy.networkAccess !== undefined && policy.networkAccess !== false),
    writableRoots: texts(policy.writableRoots),
    approvals: text(reply.approvalPolicy) ?? JSON.stringify(reply.approvalPolicy ?? 'unknown'),
    isSelfApproving: reply.approvalsReviewer !== undefined && reply.approvalsReviewer !== 'user',
    cwd: words(reply.cwd),
    ...maybe('model', text(reply.model)),
  };
}

/** What the thread may do beyond the ceiling, in words; empty where it stays below. */
export function beyondCeiling(settings: LiveSettings, ceiling: RunCeiling): readonly string[] {
  const isFree = ceiling.sandbox === 'danger-full-access';
  const roots = [ceiling.workspace ?? settings.cwd, ...(ceiling.writableRoots ?? [])];
  const further = settings.writableRoots.filter((root) => !roots.includes(root));
  const findings: readonly (readonly [boolean, string])[] = [
    [rank(settings.sandbox) > rank(ceiling.sandbox), `its sandbox is ${settings.sandbox}`],
    [settings.network && !ceiling.network && !isFree, 'its commands reach the network'],
    [ceiling.workspace !== undefined && ceiling.workspace !== settings.cwd, `it works in ${settings.cwd}`],
    [further.length > 0 && !isFree, `it may write ${further.join(', ')}`],
    [settings.isSelfApproving && !isFree, 'a model answers its questions'],
  ];
  return findings.flatMap(([isBeyond, finding]) => (isBeyond ? [finding] : []));
}

function toMode(type: string | undefined): LiveSettings['sandbox'] {
  switch (type as SandboxPolicy['type'] | undefined) {
    case 'readOnly':
      return 'read-only';
    case 'workspaceWrite':
      return 'workspace-write';
    case 'dangerFullAccess':
      return 'danger-full-access';
    default:
      return 'other';
  }
}

function rank(mode: SandboxMode | 'other'): number {
  return ['read-only', 'workspace-write', 'other', 'danger-full-access'].indexOf(mode);
}
