import {
  type Actor,
  actorId,
  asId,
  type ChannelId,
  type RunId,
  type Scope,
  scopeId,
  type WorkspacePath,
} from '@threadbridge/contract';
import { type Home, noFacts } from '../../decide/facts.ts';
import type { ChannelTraits, Rules } from '../../decide/rules.ts';

export const channel = asId<ChannelId>('fake');

/** The owner’s private chat. */
export const privateScope: Scope = { id: scopeId(channel, 'private'), channel, kind: 'private' };

/** The owner of the profile that tests run under. */
export const owner: Actor = { id: actorId(channel, 'owner'), name: 'Olga' };

/** Somebody whom no rule knows. */
export const stranger: Actor = { id: actorId(channel, 'mallory'), name: 'Mallory' };

/** A task of a program. */
export const taskScope: Scope = { id: scopeId(channel, 'task-1'), channel, kind: 'task', title: 'Tidy up' };

export const workspace = asId<WorkspacePath>('/work/app');

export const firstRun = asId<RunId>(`${privateScope.id}/run/1`);

export const at = 1_700_000_000_000;

export const home: Home = { kind: 'home', name: channel, scope: privateScope, addedBy: owner.id, addedAt: at };

const traits: ChannelTraits = { split: (markdown) => [markdown], hasLive: false, hasActions: true };

/** The rules of a careful profile with one owner; change what the test is about. */
export const testRules: Rules = {
  language: 'en',
  access: { owners: [owner.id], admins: [], users: [], chats: [], requireMention: true },
  permissions: { defaultAccess: 'workspace', maxAccess: 'workspace', network: false },
  workspaces: { default: workspace, aliases: {} },
  runs: {
    quietWindowMs: 600,
    idleTimeoutMs: 600_000,
    wallTimeoutMs: 7_200_000,
    maxPending: 20,
    duringRun: 'queue',
    whenMoved: 'tell',
    verbosity: 'quiet',
  },
  attachments: { maxCount: 10, maxFileBytes: 20_000, maxTotalBytes: 30_000, types: ['image/*', 'text/*', 'application/pdf'] },
  approvals: { expireMs: 1_800_000, twoPersons: false, mayAnswer: ['owner', 'admin', 'asker'] },
  secretPaths: ['/home/olga/.codex'],
  codex: { identity: 'test' },
  tokenKey: 'a key for tests only',
  channels: new Map([[channel, traits]]),
  facts: noFacts,
};
