import { asId, type RunId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import {
  agentAnswered,
  fired,
  givenScope,
  lost,
  message,
  overdue,
  owner,
  progressed,
  recalled,
  resolved,
} from '../testing/given.ts';

const given = givenScope();
const run = asId<RunId>('fake:private/run/1');
const resetsAt = 1_700_003_600_000;
const limited = (change: { readonly resetsAt?: number } = {}) =>
  progressed({ type: 'turn.failed', error: { kind: 'usageLimit', message: 'Used up.', ...change }, text: '' });
const look = fired({ name: 'limit.check', run });
const read = (isReached: boolean, at?: number) =>
  agentAnswered(
    { what: 'limits', by: owner.id, parked: run },
    { type: 'limits', limits: { windows: [], isReached, ...(at !== undefined && { resetsAt: at }) } },
  );
const unreadable = agentAnswered({ what: 'limits', by: owner.id, parked: run }, { type: 'failed', message: 'No.' });

describe('a run that meets a usage limit', () => {
  it('keeps its words and what waits, and begins nothing more', () => {
    const { decision } = given
      .running({ waiting: ['next'] })
      .when(limited({ resetsAt }))
      .leadsTo({
        says: [/Limit reached\*\*, resets at 2023-11-14 23:13 UTC\. Used up\.[\s\S]*2 messages are kept/],
        asks: ['timer'],
      });
    expect(decision.state.parked?.prompts.map((prompt) => prompt.text)).toEqual(['do it', 'next']);
    expect(decision.state).toMatchObject({ phase: { name: 'idle' }, pending: [] });
    expect(decision.effects.at(-1)).toMatchObject({ at: resetsAt + 30_000, timer: { name: 'limit.check', run } });
  });

  it('is offered to go on once the limit has reset, and goes on when somebody says so', () => {
    given
      .running()
      .when(limited({ resetsAt }))
      .leadsTo({ says: [/Limit reached/], asks: ['timer'] })
      .when(look)
      .leadsTo({ asks: ['agent.ask'] })
      .when(read(false))
      .leadsTo({ says: [/has reset\. 1 message is kept: `\/queue resume`/], phase: 'idle' })
      .when(look)
      .leadsTo({})
      .when(message('/queue resume'))
      .leadsTo({ asks: ['workspace.resolve'], phase: 'preparing', waiting: ['do it'] })
      .when(message('/queue resume'))
      .leadsTo({ says: [/Nothing is kept/] });
  });

  it('is looked at again while the limit holds, at the moment that is known by then', () => {
    const still = given
      .running()
      .when(limited())
      .when(look)
      .when(read(true, resetsAt))
      .leadsTo({ asks: ['timer'] });
    expect(still.decision.effects).toEqual([{ type: 'timer', at: resetsAt + 30_000, timer: { name: 'limit.check', run } }]);
    still.when(message('/status')).leadsTo({ says: [/Limit reached\*\*, resets at 2023-11-14 23:13 UTC/] });
  });

  it('is offered by what was foretold where the limits cannot be read', () => {
    const parked = given
      .running()
      .when(limited({ resetsAt: 1_699_999_000_000 }))
      .when(look);
    parked.when(unreadable).leadsTo({ says: [/has reset/] });
    given
      .running()
      .when(limited())
      .when(look)
      .when(unreadable)
      .leadsTo({ asks: ['timer'] });
  });

  it('may be tried before, and is kept again where that fails', () => {
    const again = given
      .running()
      .when(limited())
      .when(message('/queue resume'))
      .when(resolved())
      .leadsTo({ asks: ['run.start'], phase: 'running' });
    const second = asId<RunId>('fake:private/run/2');
    const failed = { type: 'turn.failed', error: { kind: 'usageLimit', message: 'Used up.' }, text: '' } as const;
    const kept = again.when(progressed(failed, second)).leadsTo({ says: [/1 message is kept/], asks: ['timer'] });
    kept.when(look).leadsTo({});
    kept.when(read(false)).leadsTo({});
  });

  it('lets other words be tried, and keeps what is kept', () => {
    const tried = given
      .running()
      .when(limited())
      .when(message('small'))
      .leadsTo({ asks: ['timer'], waiting: ['small'] });
    expect(tried.decision.state.parked?.prompts.map((prompt) => prompt.text)).toEqual(['do it']);
    tried.when(message('/queue resume')).leadsTo({ asks: ['workspace.resolve'], waiting: ['do it', 'small'] });
  });

  it('goes on after the run in progress', () => {
    const { parked } = given.running().when(limited()).decision.state;
    const running = given.running().state;
    given
      .idle({ ...running, ...(parked && { parked }) })
      .when(message('/queue resume'))
      .leadsTo({ says: [/1 in line/], waiting: ['do it'], phase: 'running' });
  });

  it('can be dropped, and words taken back are not kept', () => {
    const parked = given.running().when(limited());
    expect(
      parked.when(message('/stop all')).leadsTo({ says: [/1 waiting message “do it” was dropped/] }).decision.state.parked,
    ).toBeUndefined();
    expect(parked.when(message('/stop')).leadsTo({ says: [/Nothing is running/] }).decision.state.parked).toBeDefined();
    expect(
      parked.when(recalled('do it')).leadsTo({ says: [/Taken back: it is not sent again/] }).decision.state.parked,
    ).toBeUndefined();
  });

  it('is not looked at for ever', () => {
    const parked = given.running().when(limited());
    const late = { ...read(true), at: 1_700_000_000_000 + 15 * 86_400_000 };
    parked.when(late).leadsTo({});
  });
});

it('another end keeps nothing', () => {
  for (const end of [lost(), progressed({ type: 'turn.failed', error: { kind: 'other', message: 'x' }, text: '' })])
    expect(given.running().when(end).decision.state.parked).toBeUndefined();
  expect(given.running().when(overdue('wall')).decision.state.parked).toBeUndefined();
});
