import { asId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import {
  action,
  agentAnswered,
  answeredElsewhere,
  artifact,
  artifactTaken,
  attachmentsFetched,
  channelFailed,
  deliveryAccepted,
  deliveryFailed,
  fired,
  givenScope,
  hostAnswered,
  liveOpened,
  liveRefused,
  lost,
  message,
  noticePosted,
  openApproval,
  overdue,
  owner,
  progressed,
  recalled,
  resolved,
  runHeld,
  runJoined,
  steered,
  storeRestored,
  thread,
  threadsFound,
  undelivered,
  worked,
} from '../testing/given.ts';
import type { EffectType } from './effect.ts';
import type { Input } from './input.ts';
import type { Phase } from './phase.ts';
import type { ScopeState } from './scope-state.ts';

const given = givenScope();
const turn = asId<never>('t');
const run = asId<never>('fake:private/run/1');
const asked = { run, approval: openApproval('a9').approval };

const phases: Readonly<Record<Phase['name'], () => ScopeState>> = {
  idle: () => given.idle().state,
  collecting: () => given.collecting('waits').state,
  fetching: () => given.fetching('waits').state,
  preparing: () => given.preparing('waits').state,
  running: () => given.running({ approvals: [openApproval('k7')], waiting: ['waits'] }).state,
  held: () => given.running({ waiting: ['waits'] }).when(runHeld()).decision.state,
};

/** What follows, as `phase after: effects`. `say` stands for a message. */
type Row = Readonly<Record<Phase['name'], string>>;

const unchanged: Row = {
  ...{ idle: 'idle:', collecting: 'collecting:', fetching: 'fetching:' },
  ...{ preparing: 'preparing:', running: 'running:', held: 'held:' },
};
const told: Row = {
  ...{ idle: 'idle: say', collecting: 'collecting: say', fetching: 'fetching: say' },
  ...{ preparing: 'preparing: say', running: 'running: say', held: 'held: say' },
};
const answered = Object.fromEntries(
  Object.entries(told).map(([phase, row]) => [phase, row.replace('say', 'action.respond')]),
) as Row;
const runEnds = 'preparing: say workspace.resolve';

const table: readonly (readonly [name: string, input: () => Input, row: Row])[] = [
  [
    'a prompt',
    () => message('do it'),
    {
      ...unchanged,
      idle: 'collecting: timer',
      collecting: 'collecting: timer',
      fetching: 'collecting: timer',
      running: 'running: say',
      held: 'held: say',
    },
  ],
  [
    'a prompt with a file',
    () => message('look', { attachments: [{ kind: 'file', ref: 1 }] }),
    {
      ...{ idle: 'collecting: timer attachments.fetch', collecting: 'collecting: timer attachments.fetch' },
      ...{ fetching: 'collecting: timer attachments.fetch', preparing: 'preparing: attachments.fetch' },
      ...{ running: 'running: say attachments.fetch', held: 'held: say attachments.fetch' },
    },
  ],
  [
    'files of a message that waits',
    () => attachmentsFetched('waits'),
    { ...unchanged, fetching: 'preparing: workspace.resolve' },
  ],
  ['files of a message that was taken back', () => attachmentsFetched('other'), unchanged],
  ['a command', () => message('/status'), told],
  ['an unknown command', () => message('/statsu'), told],
  [
    '/stop',
    () => message('/stop'),
    {
      ...told,
      collecting: 'idle: say',
      fetching: 'idle: say',
      running: 'running: run.interrupt',
      held: 'preparing: say workspace.resolve',
    },
  ],
  ['/steer', () => message('/steer left'), { ...told, running: 'running: run.steer' }],
  ['a stranger', () => message('hi', { by: { id: asId('fake:mallory') } }), told],
  ['an empty message', () => message(' '), unchanged],
  [
    'a recalled message that waits',
    () => recalled('waits'),
    { ...told, idle: 'idle:', collecting: 'idle: say', fetching: 'idle: say' },
  ],
  ['a recalled message that does not wait', () => recalled('other'), unchanged],
  ['a button', () => action('k7', 'accept'), { ...answered, running: 'running: approval.answer action.respond' }],
  ['a forged button', () => action('k7', 'accept', { token: 'forged' }), answered],
  [
    'the end of the quiet window',
    () => fired({ name: 'quiet', round: 1 }),
    { ...unchanged, collecting: 'preparing: workspace.resolve' },
  ],
  ['the end of an older quiet window', () => fired({ name: 'quiet', round: 0 }), unchanged],
  [
    'the end of an approval’s time',
    () => fired({ name: 'approval.expire', run, approval: asId('k7') }),
    { ...unchanged, running: 'running: approval.answer say' },
  ],
  ['room to speak again', () => fired({ name: 'budget' }), unchanged],
  ['turn.waiting', () => progressed({ type: 'turn.waiting', place: 2, for: 'slot' }), { ...unchanged, running: 'running: say' }],
  ['thread.started', () => progressed({ type: 'thread.started', thread: asId('t1'), isNew: true }), unchanged],
  ['turn.started', () => progressed({ type: 'turn.started', turn }), unchanged],
  [
    'approval.requested',
    () => progressed({ type: 'approval.requested', approval: openApproval('a2').approval }),
    { ...unchanged, running: 'running: say timer' },
  ],
  [
    'approval.closed',
    () => progressed({ type: 'approval.closed', approval: asId('k7') }),
    { ...unchanged, running: 'running: say' },
  ],
  ['turn.completed', () => progressed({ type: 'turn.completed', turn, text: 'done' }), { ...unchanged, running: runEnds }],
  [
    'turn.failed',
    () => progressed({ type: 'turn.failed', error: { kind: 'other', message: 'x' }, text: '' }),
    { ...unchanged, running: runEnds },
  ],
  [
    'a usage limit',
    () => progressed({ type: 'turn.failed', error: { kind: 'usageLimit', message: 'x' }, text: '' }),
    { ...unchanged, running: 'idle: say timer' },
  ],
  ['time to look at a thread that nobody follows', () => fired({ name: 'follow.look', since: 1 }), unchanged],
  ['time to look at a limit', () => fired({ name: 'limit.check', run }), unchanged],
  ['turn.interrupted', () => progressed({ type: 'turn.interrupted', text: '' }), { ...unchanged, running: runEnds }],
  [
    'news of another run',
    () => progressed({ type: 'turn.completed', turn, text: 'done' }, asId('fake:private/run/9')),
    unchanged,
  ],
  ['a run whose thread is open elsewhere', () => runHeld(), { ...unchanged, running: 'held: say' }],
  ['a run that joined others', () => runJoined(), { ...unchanged, running: 'running: say' }],
  ['time to look at a held thread', () => fired({ name: 'held.look', run }), unchanged],
  [
    'news of a held thread',
    () =>
      agentAnswered(
        { what: 'way', by: owner.id, thread: asId('t1'), run, ceiling: { sandbox: 'read-only' } },
        { type: 'way', access: { way: 'use', words: 'Free.' } },
      ),
    { ...unchanged, held: 'preparing: workspace.resolve' },
  ],
  ['a lost run', () => lost(), { ...unchanged, running: runEnds }],
  ['an idle run', () => overdue('idle'), { ...unchanged, running: 'running: run.interrupt' }],
  ['a run that took too long', () => overdue('wall'), { ...unchanged, running: 'running: run.interrupt' }],
  ['a shutdown', () => overdue('shutdown'), { ...unchanged, running: 'running: run.interrupt' }],
  ['steering taken', () => steered('left', { type: 'taken' }), told],
  [
    'steering refused',
    () => steered('left', { type: 'refused', reason: 'over' }),
    { ...told, idle: 'preparing: say workspace.resolve' },
  ],
  ['steering in doubt', () => steered('left', { type: 'unknown' }), told],
  ['a view opened', () => liveOpened('card'), unchanged],
  ['a view that could not hold the end', () => liveRefused('text'), told],
  ['another channel that needs a person', () => channelFailed(), told],
  ['an answer that came too late', () => undelivered('over'), told],
  ['a message accepted', () => deliveryAccepted(), unchanged],
  ['a message in doubt', () => deliveryFailed(), told],
  ['a notice in doubt', () => deliveryFailed({ isNotice: true }), unchanged],
  ['a message refused', () => deliveryFailed({ code: 'channel.rejected' }), told],
  ['a file to be sent', () => artifactTaken('1', { isTaken: true, file: artifact('a.txt') }), told],
  ['a file that may not be sent', () => artifactTaken('1', { isTaken: false, reason: 'changed' }), told],
  ['/sendfile of nothing', () => message('/sendfile 1'), told],
  ['a workspace for a run', () => resolved(), { ...unchanged, preparing: 'running: run.start' }],
  [
    'a refused workspace for a run',
    () => resolved({ type: 'run' }, { allowed: false, reason: 'gone' }),
    { ...unchanged, preparing: 'idle: say' },
  ],
  ['a workspace to use', () => resolved({ type: 'workspace.use', by: owner.id }), told],
  ['the workspace of a forgotten alias', () => resolved({ type: 'alias.use', name: 'gone', thread: 't', by: owner.id }), told],
  ['a list of threads', () => threadsFound({ type: 'list' }, { threads: [thread('t1')] }), told],
  [
    'a thread to name',
    () => threadsFound({ type: 'alias.add', name: 'a', thread: 't1', by: owner.id }, { threads: [thread('t1')] }),
    told,
  ],
  ['threads that could not be read', () => threadsFound({ type: 'list' }, { error: 'no' }), told],
  [
    'an answer of the agent',
    () => agentAnswered({ what: 'limits', by: owner.id }, { type: 'limits', limits: { windows: [], isReached: false } }),
    told,
  ],
  [
    'a thread read before a run that is none of the next',
    () =>
      agentAnswered(
        {
          ...{ what: 'refresh', by: owner.id, thread: asId('t1') },
          before: { asked: '/work/app', workspace: asId('/work/app') },
        },
        { type: 'turns', turns: [], isCut: false },
      ),
    { ...unchanged, preparing: 'preparing: workspace.resolve' },
  ],
  ['what a run did', () => worked([{ type: 'used', tool: 'x' }]), { ...unchanged, running: 'running: say' }],
  ['a notice', () => noticePosted({ type: 'told', text: 'hello' }), told],
  ['a question of another conversation', () => noticePosted({ ...asked, type: 'asked', sandbox: 'read-only' }), told],
  [
    'the end of a question nobody knows here',
    () => noticePosted({ type: 'closed', run, approval: asId('a9'), text: 'no' }),
    unchanged,
  ],
  ['the end of a task', () => noticePosted({ type: 'ended', run, status: 'completed', text: 'done' }), told],
  [
    'an answer given elsewhere',
    () => answeredElsewhere('k7', 'accept'),
    { ...unchanged, running: 'running: approval.answer say' },
  ],
  ['an answer of the program', () => hostAnswered({ what: 'ps', by: owner.id }, { type: 'processes', processes: [] }), told],
  ['a store that was put back before', () => storeRestored(), unchanged],
  ['the agent that could not', () => agentAnswered({ what: 'limits', by: owner.id }, { type: 'failed', message: 'no' }), told],
];

describe.each(table)('%s', (_name, input, row) => {
  it.each(Object.keys(phases) as Phase['name'][])('while %s', (phase) => {
    const { decision } = givenScope().idle(phases[phase]()).when(input());
    const words = decision.effects.map((effect) => (effect.type === 'deliver' ? 'say' : (effect.type satisfies EffectType)));
    expect(`${decision.state.phase.name}: ${words.join(' ')}`.trim()).toBe(row[phase]);
  });
});

it('has a row for every type of input', () => {
  const types: Readonly<Record<Input['type'], true>> = {
    ...{
      'message.received': true,
      'message.recalled': true,
      'action.invoked': true,
      'timer.fired': true,
      'run.progressed': true,
    },
    ...{
      'run.held': true,
      'run.joined': true,
      'run.lost': true,
      'run.overdue': true,
      'run.worked': true,
      'run.steered': true,
      'live.opened': true,
      'live.refused': true,
    },
    ...{
      'approval.undelivered': true,
      'delivery.failed': true,
      'workspace.resolved': true,
      'threads.found': true,
      'delivery.accepted': true,
      'agent.answered': true,
      'attachments.fetched': true,
      'channel.failed': true,
      'notice.posted': true,
      'approval.answered': true,
      'artifact.taken': true,
      'host.answered': true,
      'store.restored': true,
    },
  };
  const shown = new Set(table.map(([, input]) => input().type));
  expect([...shown].sort()).toEqual(Object.keys(types).sort());
});
