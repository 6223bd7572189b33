import {
  type ActorId,
  type Approval,
  type ApprovalId,
  type Artifact,
  asId,
  type EventId,
  type MessageId,
  type ThreadId,
} from '@threadbridge/contract';
import type { FileBlock, MadeFile } from '../../decide/made-file.ts';
import type { OpenApproval } from '../../decide/open-approval.ts';
import type { Prompt } from '../../decide/prompt.ts';
import { at, owner } from './profile.ts';

/** A prompt of the owner. */
export function waits(text: string): Prompt {
  return { event: asId<EventId>(`e-${text}`), message: asId<MessageId>(`m-${text}`), actor: owner.id as ActorId, text, at };
}

/** A question that waits, with a code that is easy to type. */
export function openApproval(id: string, change: Partial<OpenApproval> & { readonly approval?: Approval } = {}): OpenApproval {
  const approval: Approval = {
    id: asId<ApprovalId>(id),
    kind: 'command',
    command: 'rm -r dist',
    cwd: '/work/app',
    offered: ['accept', 'acceptForSession', 'decline', 'cancel'],
  };
  return { approval, code: id, askedAt: at, ...change };
}

/** A file that was taken in. */
export function artifact(name: string, mediaType = 'text/plain'): Artifact {
  return { path: `/state/media/s/files/${name}`, name, sizeBytes: 5, mediaType, sha256: name.padEnd(64, '0') };
}

/** A file that a run made. */
export function madeFile(name: string, blocked?: FileBlock): MadeFile {
  const file = { path: `/work/app/${name}`, name, sizeBytes: 5_000, mediaType: 'text/plain', sha256: name.padEnd(64, '0') };
  return blocked === undefined ? file : { ...file, mediaType: '', sha256: '', blocked };
}

/** A thread as Codex lists it. */
export function thread(id: string, change: { readonly title?: string; readonly cwd?: string } = {}) {
  return {
    id: asId<ThreadId>(id),
    title: 'A thread',
    cwd: '/work/app',
    source: 'cli',
    createdAt: at,
    updatedAt: at,
    isActive: false,
    ...change,
  };
}
