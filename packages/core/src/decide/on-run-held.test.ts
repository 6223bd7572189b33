import { asId, type RunId, type ThreadId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import {
  agentAnswered,
  fired,
  givenScope,
  message,
  overdue,
  owner,
  pressed,
  progressed,
  resolved,
  runHeld,
  runJoined,
  stranger,
  testRules,
  thread,
  tokenFor,
  type When,
} from '../testing/given.ts';
import type { AgentAsk, AgentReply } from './agent-ask.ts';
import type { HeldWay } from './phase.ts';

const run = asId<RunId>('fake:private/run/1');
const t1 = asId<ThreadId>('t1');
const held = (waiting: readonly string[] = []) =>
  givenScope()
    .running({ waiting })
    .when(runHeld(['queue', 'fork', 'withdraw']));
const code = (when: When) => (when.decision.state.phase.name === 'held' ? when.decision.state.phase.code : '');
const choose = (when: When, way: HeldWay) => when.when(message(`/answer ${code(when)} ${way}`));
const look = fired({ name: 'held.look', run });
const asked = (when: When) => when.decision.effects.flatMap((effect) => (effect.type === 'agent.ask' ? [effect.ask] : []));
/** The agent answers what it was asked last. */
const reply = (when: When, answer: AgentReply) => {
  const ask = asked(when).at(-1) as AgentAsk;
  return when.when(agentAnswered(ask, answer));
};

describe('a thread that another program has open', () => {
  it('is never taken: people are asked how to go on, in words and with buttons', () => {
    const when = held().leadsTo({
      says: [/open in another program[\s\S]*wait`[\s\S]*queue`[\s\S]*fork`[\s\S]*withdraw`/],
      phase: 'held',
    });
    const [said] = when.decision.effects;
    expect(said).toMatchObject({ type: 'deliver', purpose: 'approval' });
    expect(said?.type === 'deliver' && said.message.actions).toHaveLength(4);
    when.when(message('more')).leadsTo({ says: [/another program has the thread open/], waiting: ['more'] });
    when.when(message('/status')).leadsTo({ says: [/Waiting for the thread/] });
    when.when(message(`/answer ${code(when)}`)).leadsTo({ says: [/How shall it go on/] });
  });

  it('is waited for, in looks that cost no turn, and gone on in when it is free', () => {
    const waiting = choose(held(['later']), 'wait').leadsTo({ says: [/Waiting until/], asks: ['timer'], phase: 'held' });
    const looked = waiting.when(look).leadsTo({ asks: ['agent.ask'] });
    expect(asked(looked)).toMatchObject([{ what: 'way', thread: t1 }]);
    const still = reply(looked, { type: 'way', access: { way: 'held', offers: [], words: '' } }).leadsTo({ asks: ['timer'] });
    const unread = reply(still.when(look), { type: 'failed', message: 'Gone.' }).leadsTo({ asks: ['timer'] });
    reply(unread.when(look), { type: 'way', access: { way: 'use', words: '' } })
      .leadsTo({ asks: ['workspace.resolve'], waiting: ['do it', 'later'] })
      .when(resolved())
      .leadsTo({ asks: ['run.start'], phase: 'running' });
  });

  it('takes words into its queue; their answer is looked for and brought once', () => {
    const queued = choose(held(['later']), 'queue').leadsTo({ asks: ['agent.ask'], phase: 'held' });
    expect(asked(queued)).toMatchObject([{ what: 'queue', thread: t1, text: 'do it', key: `${run}/queued` }]);
    const lies = reply(queued, { type: 'done' }).leadsTo({ says: [/Left for the other program/], asks: ['timer'] });
    const none = reply(lies.when(look), { type: 'turn' }).leadsTo({ asks: ['timer'] });
    const record = { turn: asId<never>('x'), status: 'completed', text: 'Answer.' } as const;
    const open = { ...record, status: 'interrupted', text: '' } as const;
    reply(none.when(look), { type: 'turn', record: open }).leadsTo({ asks: ['timer'], phase: 'held' });
    reply(none.when(look), { type: 'turn', record: { ...open, endedAt: 1 } }).leadsTo({
      says: [/interrupted/],
      asks: ['workspace.resolve'],
      waiting: ['later'],
    });
    reply(none.when(look), { type: 'turn', record }).leadsTo({
      says: [/^Answer\.$/],
      asks: ['workspace.resolve'],
      waiting: ['later'],
    });
    reply(none.when(look), { type: 'turn', record: { ...record, status: 'failed', text: '', error: 'No.' } }).leadsTo({
      says: [/turn failed \(“do it”\): No\./],
      asks: ['workspace.resolve'],
    });
  });

  it('says so where it is unknown whether the words are in the queue, and asks again where they are not', () => {
    const queued = choose(held(), 'queue');
    reply(queued, { type: 'unknown' }).leadsTo({ says: [/may or may not/], asks: ['timer'] });
    const again = reply(queued, { type: 'failed', message: 'No.' }).leadsTo({ says: [/No\./, /How shall it go on/] });
    choose(again, 'wait').leadsTo({ says: [/Waiting/], asks: ['timer'] });
  });

  it('gives queued words back, or says that it is too late', () => {
    const stopped = reply(choose(held(), 'queue'), { type: 'done' })
      .when(message('/stop'))
      .leadsTo({ asks: ['agent.ask'] });
    expect(asked(stopped)).toMatchObject([{ what: 'withdraw', key: `${run}/queued` }]);
    reply(stopped, { type: 'withdrawn', count: 1 }).leadsTo({ says: [/dropped/], phase: 'idle' });
    reply(stopped, { type: 'withdrawn', count: 0 }).leadsTo({ says: [/could not be taken back/], phase: 'held' });
  });

  it('is left alone, and a copy gone on in', () => {
    const forked = reply(choose(held(), 'fork'), { type: 'forked', thread: thread('0199-copy') }).leadsTo({
      says: [/in a copy of the thread/],
      asks: ['workspace.resolve'],
      waiting: ['do it'],
    });
    expect(Object.values(forked.decision.state.bindings)).toMatchObject([{ thread: '0199-copy' }]);
    expect(forked.when(resolved()).decision.effects[0]).toMatchObject({ input: { thread: '0199-copy' } });
    reply(choose(held(), 'fork'), { type: 'failed', message: 'No.' }).leadsTo({ says: [/No\./], phase: 'held' });
  });

  it('has its queue emptied, and is gone on in', () => {
    reply(choose(held(), 'withdraw'), { type: 'withdrawn', count: 2 }).leadsTo({
      asks: ['workspace.resolve'],
      waiting: ['do it'],
    });
    reply(choose(held(), 'withdraw'), { type: 'failed', message: 'No.' }).leadsTo({ says: [/No\./], phase: 'held' });
  });

  it('is given up by /stop; what waits goes on', () => {
    held(['later'])
      .when(message('/stop'))
      .leadsTo({ says: [/1 waiting message “do it” was dropped/], asks: ['workspace.resolve'], waiting: ['later'] });
    held(['later'])
      .when(message('/stop all'))
      .leadsTo({ says: [/dropped/, /dropped/], phase: 'idle', waiting: [] });
  });

  it('is chosen for once, by one who may answer, also by button', () => {
    const when = held();
    const press = (way: HeldWay, by = owner) =>
      pressed(tokenFor({ type: 'command', name: 'answer', args: `${code(when)} ${way}` }), { by });
    const chosen = when.when(press('wait')).leadsTo({ says: [/Waiting/], asks: ['timer'] });
    chosen.when(press('fork')).leadsTo({ says: [/No open request/] });
    chosen.when(press('wait')).leadsTo({ says: [/used already/] });
    when.when(press('wait', stranger)).leadsTo({ says: [/not yours/] });
    when.when(pressed('forged')).leadsTo({ says: [/not valid/] });
  });

  it('is not offered its queue by words of others than the owner: they would run under settings of its own', () => {
    const user = { ...owner, id: asId<typeof owner.id>('fake:user') };
    const rules = { access: { ...testRules.access, users: [user.id] } };
    const prompts = [{ event: asId<never>('e'), actor: user.id, text: 'do it', at: 0 }];
    const when = givenScope(rules)
      .running({ phase: { prompts } })
      .when(runHeld(['queue', 'fork', 'withdraw']));
    expect(when.decision.state.phase).toMatchObject({ ways: ['wait', 'fork'] });
    when.when(message(`/answer ${code(when)} queue`, { by: user })).leadsTo({ says: [/How shall it go on/] });
  });

  it('of a run that was to be stopped ends as stopped', () => {
    givenScope()
      .running()
      .when(message('/stop'))
      .when(runHeld())
      .leadsTo({ says: [/Stopped/], phase: 'idle' });
    givenScope()
      .running()
      .when(overdue('shutdown'))
      .when(runHeld())
      .leadsTo({ says: [/shut down/], phase: 'idle' });
  });
});

it('a run that joined others says so, and goes on as any', () => {
  givenScope()
    .running()
    .when(runJoined())
    .leadsTo({ says: [/I joined it/], phase: 'running' })
    .when(progressed({ type: 'turn.completed', turn: asId('x'), text: 'done' }))
    .leadsTo({ says: ['done'], phase: 'idle' });
});
