import {
  type Actor,
  type ActorId,
  type Approval,
  type ApprovalDecision,
  type ApprovalId,
  type Artifact,
  actorId,
  asId,
  type ChannelId,
  type EventId,
  type InputId,
  type JsonObject,
  type MessageId,
  type RunId,
  type Scope,
  scopeId,
  type ThreadId,
  type WorkspacePath,
} from '@threadbridge/contract';
import { expect } from 'vitest';
import { decide } from '../decide/decide.ts';
import type { Decision } from '../decide/decision.ts';
import type { Effect, EffectOf, EffectType } from '../decide/effect.ts';
import { type Home, noFacts } from '../decide/facts.ts';
import type { DurableRunEvent, Input, InputOf, Notice, RunLoss, Timer } from '../decide/input.ts';
import type { FileBlock, MadeFile, TakenOut } from '../decide/made-file.ts';
import type { ChannelTraits, Rules } from '../decide/rules.ts';
import { initialState, type OpenApproval, type Phase, type Prompt, type ScopeState } from '../decide/scope-state.ts';
import type { Action } from '../policy/action.ts';
import { mintToken, type TokenOptions } from '../policy/action-token.ts';
import { planRun } from '../policy/plan-run.ts';

const channel = asId<ChannelId>('fake');
/** The owner’s private chat. */
export const privateScope: Scope = { id: scopeId(channel, 'private'), channel, kind: 'private' };
/** The owner of the profile that tests run under. */
export const owner: Actor = { id: actorId(channel, 'owner'), name: 'Olga' };
/** Somebody whom no rule knows. */
export const stranger: Actor = { id: actorId(channel, 'mallory'), name: 'Mallory' };
/** A task of a program. */
export const taskScope: Scope = { id: scopeId(channel, 'task-1'), channel, kind: 'task', title: 'Tidy up' };
const workspace = asId<WorkspacePath>('/work/app');
const firstRun = asId<RunId>(`${privateScope.id}/run/1`);
const at = 1_700_000_000_000;
const home: Home = { kind: 'home', name: channel, scope: privateScope, addedBy: owner.id, addedAt: at };
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

/** What a decision came to, in the words of a test. */
export interface Expected {
  /** One entry a message, in order. */
  readonly says?: readonly (string | RegExp)[];
  /** The types of all other effects, in order. */
  readonly asks?: readonly Exclude<EffectType, 'deliver' | 'action.respond'>[];
  readonly phase?: Phase['name'];
  /** Texts that wait for the next run. */
  readonly waiting?: readonly string[];
}

/** What one input made of it. */
export interface When {
  readonly decision: Decision;
  leadsTo(expected: Expected): When;
  /** Goes on from the state that came out. */
  when(input: Input): When;
}

/** A state to start from. */
export interface Given {
  readonly state: ScopeState;
  when(input: Input): When;
}

/** States of a conversation, by phase. */
export interface GivenScope {
  idle(change?: Partial<ScopeState>): Given;
  collecting(...texts: readonly string[]): Given;
  /** Messages whose files are on their way. */
  fetching(...texts: readonly string[]): Given;
  preparing(...texts: readonly string[]): Given;
  running(change?: {
    readonly approvals?: readonly OpenApproval[];
    readonly waiting?: readonly string[];
    readonly phase?: Partial<Extract<Phase, { readonly name: 'running' }>>;
  }): Given;
}

/** Given–when–leads to, over one conversation. Each decision is taken twice on a frozen state, so an impure one is found out at once. */
export function givenScope(rules: Partial<Rules> = {}): GivenScope {
  const { facts = noFacts } = rules;
  // The owner was heard here before, so that a decision tells only what it is about.
  const all: Rules = { ...testRules, ...rules, facts: { ...facts, homes: new Map([[channel, home], ...facts.homes]) } };
  const base = initialState(privateScope);
  const given = (state: ScopeState): Given => ({ state, when: (input) => whenDecided(state, input, all) });
  return {
    idle: (change = {}) => given({ ...base, ...change }),
    collecting: (...texts) => given({ ...base, rounds: 1, phase: { name: 'collecting', round: 1 }, pending: texts.map(waits) }),
    fetching: (...texts) =>
      given({
        ...base,
        phase: { name: 'fetching' },
        pending: texts.map((text) => ({ ...waits(text), files: { state: 'fetching' } })),
      }),
    preparing: (...texts) => given({ ...base, phase: { name: 'preparing' }, pending: texts.map(waits) }),
    running: ({ approvals = [], waiting = [], phase = {} } = {}) => {
      const plan = planRun(privateScope, [owner.id], workspace, all);
      const open = Object.fromEntries(approvals.map((one) => [one.approval.id, one]));
      return given({
        ...base,
        runs: 1,
        pending: waiting.map(waits),
        phase: {
          ...{
            name: 'running',
            run: firstRun,
            fingerprint: plan.fingerprint,
            workspace,
            prompts: [waits('do it')],
            startedAt: at,
          },
          approvals: open,
          ...phase,
        },
      });
    },
  };
}

function whenDecided(state: ScopeState, input: Input, rules: Rules): When {
  const first = decide(freeze(structuredClone(state)), freeze(structuredClone(input)), rules);
  const second = decide(freeze(structuredClone(state)), freeze(structuredClone(input)), rules);
  expect(second).toEqual(first);
  expect(JSON.parse(JSON.stringify(first.state))).toEqual(first.state);
  const when: When = {
    decision: first,
    when: (next) => whenDecided(first.state, next, rules),
    leadsTo(expected) {
      const says = first.effects.flatMap((effect) => (isSaid(effect) ? [effect.message.markdown] : []));
      const asks = first.effects.flatMap((effect) => (isSaid(effect) ? [] : [effect.type]));
      expect(says, says.join('\n---\n')).toHaveLength(expected.says?.length ?? 0);
      for (const [index, wanted] of (expected.says ?? []).entries()) {
        if (typeof wanted === 'string') expect(says[index]).toContain(wanted);
        else expect(says[index]).toMatch(wanted);
      }
      expect(asks).toEqual(expected.asks ?? []);
      if (expected.phase !== undefined) expect(first.state.phase.name).toBe(expected.phase);
      if (expected.waiting !== undefined) expect(first.state.pending.map((prompt) => prompt.text)).toEqual(expected.waiting);
      return when;
    },
  };
  return when;
}

function isSaid(effect: Effect): effect is EffectOf<'deliver' | 'action.respond'> {
  return effect.type === 'deliver' || effect.type === 'action.respond';
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

function waits(text: string): Prompt {
  return { event: asId<EventId>(`e-${text}`), message: asId<MessageId>(`m-${text}`), actor: owner.id as ActorId, text, at };
}

let inputs = 0;
const base = (moment = at) => ({ id: asId<InputId>(`input-${++inputs}`), scope: privateScope, at: moment });

/** Somebody wrote. The owner, in private, unless said otherwise. */
export function message(
  text: string,
  change: {
    readonly by?: Actor;
    readonly at?: number;
    readonly scope?: Scope;
    readonly isAddressed?: boolean;
    readonly attachments?: InputOf<'message.received'>['event']['attachments'];
  } = {},
): Input {
  const scope = change.scope ?? privateScope;
  const event: InputOf<'message.received'>['event'] = {
    ...{
      type: 'message.received',
      id: asId<EventId>(`e-${text}`),
      message: asId<MessageId>(`m-${text}`),
      scope,
      actor: change.by ?? owner,
      text,
    },
    ...{
      attachments: change.attachments ?? [],
      isAddressed: change.isAddressed ?? true,
      reply: { to: text },
      at: change.at ?? at,
    },
  };
  return { ...base(change.at), scope, type: 'message.received', event };
}

/** `null`: the platform does not tell who. */
export function recalled(text: string, by: Actor | null = owner): Input {
  const event: InputOf<'message.recalled'>['event'] = {
    ...{
      type: 'message.recalled',
      id: asId<EventId>(`r-${text}`),
      scope: privateScope,
      ...(by && { actor: by }),
      reply: null,
      at,
    },
    message: asId<MessageId>(`m-${text}`),
  };
  return { ...base(), type: 'message.recalled', event };
}

/** A button of an approval of the first run, pressed. */
export function action(
  approval: string,
  decision: ApprovalDecision,
  change: { readonly by?: Actor; readonly token?: string } = {},
): Input {
  const wanted: Action = { type: 'approval', approval: asId<ApprovalId>(approval), decision };
  const { fingerprint } = planRun(privateScope, [owner.id], workspace, testRules);
  return pressed(change.token ?? tokenFor(wanted, { run: { run: firstRun, fingerprint } }), change);
}

/** A token as the tests' rules make it: for the private chat, for anyone, for a minute. */
export function tokenFor(wanted: Action, change: Partial<TokenOptions> & { readonly key?: string } = {}): string {
  const { key = testRules.tokenKey, ...options } = change;
  return mintToken(key, { scope: privateScope, until: at + 60_000, cause: 'a test', action: wanted, ...options });
}

/** Whatever carries the token, pressed. */
export function pressed(
  token: string,
  change: { readonly by?: Actor; readonly scope?: Scope; readonly values?: JsonObject; readonly at?: number } = {},
): Input {
  const scope = change.scope ?? privateScope;
  const { id, at: moment } = base(change.at);
  const event: InputOf<'action.invoked'>['event'] = {
    ...{ type: 'action.invoked', id: asId<EventId>(`a-${id}`), scope, actor: change.by ?? owner, reply: { click: id } },
    ...{ at: moment, token, ...(change.values && { values: change.values }) },
  };
  return { id, scope, at: moment, type: 'action.invoked', event };
}

/** A reminder came due. */
export function fired(timer: Timer): Input {
  return { ...base(at + 600), type: 'timer.fired', timer };
}

/** Something happened in a run. */
export function progressed(event: DurableRunEvent, run: RunId = firstRun, made?: readonly MadeFile[]): Input {
  return { ...base(), type: 'run.progressed', run, event, ...(made && { made }) };
}

/** A run ended without an end of its own. */
export function lost(loss: Partial<RunLoss> = {}): Input {
  return {
    ...base(),
    type: 'run.lost',
    run: firstRun,
    loss: { code: 'runner.lost', message: 'It died.', certain: false, ...loss },
  };
}

export function runHeld(offers: InputOf<'run.held'>['offers'] = ['queue', 'fork']): Input {
  const ceiling = { sandbox: 'workspace-write', workspace } as const;
  return { ...base(), type: 'run.held', run: firstRun, thread: asId<ThreadId>('t1'), ceiling, offers };
}

export function runJoined(): Input {
  return { ...base(), type: 'run.joined', run: firstRun };
}

/** A limit of a run was reached. */
export function overdue(reason: 'idle' | 'wall' | 'shutdown'): Input {
  return { ...base(), type: 'run.overdue', run: firstRun, reason };
}

/** Words were put into a run, or not. */
export function worked(steps: InputOf<'run.worked'>['steps'], omitted = 0): Input {
  return { ...base(), type: 'run.worked', run: firstRun, steps, omitted };
}

export function steered(text: string, outcome: InputOf<'run.steered'>['outcome']): Input {
  return { ...base(), type: 'run.steered', run: firstRun, prompt: waits(text), outcome };
}

/** The live view of a run is there. */
export function liveOpened(ref: string): Input {
  return { ...base(), type: 'live.opened', run: firstRun, ref };
}

/** The live view could not hold the answer. */
export function liveRefused(text: string): Input {
  return { ...base(), type: 'live.refused', text };
}

/** An answer did not reach the agent. */
export function undelivered(reason: string): Input {
  return { ...base(), type: 'approval.undelivered', run: firstRun, approval: asId<ApprovalId>('a1'), reason };
}

/** A message did not get through, or may not have. */
export function deliveryFailed(change: Partial<InputOf<'delivery.failed'>> = {}): Input {
  return {
    ...base(),
    type: 'delivery.failed',
    effect: asId('x:0'),
    code: 'unknown',
    message: { markdown: 'The answer' },
    purpose: 'reply',
    claimedAt: at,
    isNotice: false,
    ...change,
  };
}

/** The platform took a message. */
export function deliveryAccepted(): Input {
  return { ...base(), type: 'delivery.accepted', claimedAt: at, cost: 1 };
}

export function channelFailed(change: Partial<InputOf<'channel.failed'>> = {}): Input {
  const channel = asId<ChannelId>('other');
  return { ...base(), type: 'channel.failed', channel, code: 'channel.unauthorized', reason: 'The login has ended.', ...change };
}

/** What another conversation tells here. */
export function noticePosted(notice: Notice, from: Scope = taskScope): Input {
  return { ...base(), type: 'notice.posted', from, notice };
}

/** An answer to a question of the run here, given in another conversation. */
export function answeredElsewhere(approval: string, decision: ApprovalDecision, by: Actor = owner): Input {
  const answer = { type: 'decision', decision } as const;
  return {
    ...base(),
    type: 'approval.answered',
    from: taskScope,
    run: firstRun,
    approval: asId<ApprovalId>(approval),
    answer,
    by,
  };
}

/** A workspace was looked at. */
export function resolved(
  purpose: InputOf<'workspace.resolved'>['purpose'] = { type: 'run' },
  result: InputOf<'workspace.resolved'>['result'] = { allowed: true, path: workspace },
): Input {
  return { ...base(), type: 'workspace.resolved', purpose, asked: '/work/app', result };
}

/** The files of the message with this text came, or did not. */
export function attachmentsFetched(
  text: string,
  change: Partial<Pick<InputOf<'attachments.fetched'>, 'taken' | 'refused' | 'folder'>> = {},
): Input {
  const event = asId<EventId>(`e-${text}`);
  return { ...base(), type: 'attachments.fetched', event, taken: [], refused: [], ...change };
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

/** A file was copied to be sent, or was not. */
export function artifactTaken(id: string, result: TakenOut, by: ActorId = owner.id): Input {
  return { ...base(), type: 'artifact.taken', artifact: id, by, result };
}

/** The program answered what was asked of it. */
export function hostAnswered(ask: InputOf<'host.answered'>['ask'], reply: InputOf<'host.answered'>['reply']): Input {
  return { ...base(), type: 'host.answered', ask, reply };
}

/** The store was put back from a copy that had something open here. */
export function storeRestored(): Input {
  return { ...base(), type: 'store.restored' };
}

/** The agent said something to a question beside a run. */
export function agentAnswered(ask: InputOf<'agent.answered'>['ask'], reply: InputOf<'agent.answered'>['reply']): Input {
  return { ...base(), type: 'agent.answered', ask, reply };
}

/** Threads were looked for. */
export function threadsFound(purpose: InputOf<'threads.found'>['purpose'], result: InputOf<'threads.found'>['result']): Input {
  return { ...base(), type: 'threads.found', purpose, result };
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
