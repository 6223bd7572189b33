import { asId, type Fingerprint, type ThreadId, type TurnDetail } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { currentThread } from '../policy/current-thread.ts';
import { agentAnswered, fired, givenScope, message, owner, testRules } from '../testing/given.ts';

const thread = asId<ThreadId>('t1');
const given = givenScope();
const place = currentThread(given.idle().state, owner.id, testRules);
const bindings = { [place?.fingerprint ?? asId<Fingerprint>('')]: { thread, workspace: asId<never>('/work/app') } };
const since = 1_700_000_000_000;
const look = fired({ name: 'follow.look', since });
const turn = (n: number, status: TurnDetail['status'] = 'completed'): TurnDetail => ({
  ...{ turn: asId(`turn-${n}`), status, text: `answer ${n}`, items: [] },
});
const read = (...turns: readonly TurnDetail[]) =>
  agentAnswered({ what: 'refresh', by: owner.id, thread, isFollowed: true }, { type: 'turns', turns, isCut: false });

describe('/follow', () => {
  const followed = given
    .idle({ bindings, seen: { [thread]: asId('turn-0') } })
    .when(message('/follow'))
    .leadsTo({ says: [/I tell/], asks: ['timer'] });

  it('looks from time to time, without a turn, and tells what is new and over', () => {
    const looked = followed.when(look).leadsTo({ asks: ['agent.ask', 'timer'] });
    expect(looked.decision.effects[0]).toMatchObject({ ask: { what: 'refresh', thread, seen: 'turn-0', isFollowed: true } });
    const told = looked.when(read(turn(1), turn(2, 'inProgress'))).leadsTo({ says: [/^answer 1$/] });
    expect(told.decision.state.seen).toEqual({ [thread]: 'turn-1' });
  });

  it('says nothing where nothing is new, or where it cannot be read', () => {
    followed.when(read()).leadsTo({});
    followed.when(read(turn(1, 'inProgress'))).leadsTo({});
    const ask = { what: 'refresh', by: owner.id, thread, isFollowed: true } as const;
    followed.when(agentAnswered(ask, { type: 'failed', message: 'No.' })).leadsTo({});
  });

  it('begins with what comes, not with what was', () => {
    const told = given
      .idle({ bindings })
      .when(message('/follow'))
      .when(read(turn(1), turn(2)))
      .leadsTo({});
    expect(told.decision.state.seen).toEqual({ [thread]: 'turn-2' });
  });

  it('looks at nothing while a run is on here', () => {
    given
      .idle({ ...given.running().state, follow: { since, by: owner.id } })
      .when(look)
      .leadsTo({ asks: ['timer'] });
  });

  it('ends, and a newer wish takes the place of an older', () => {
    followed
      .when(message('/follow off'))
      .leadsTo({ says: [/no more/] })
      .when(look)
      .leadsTo({});
    followed
      .when(message('/follow', { at: since + 5 }))
      .leadsTo({ says: [/I tell/], asks: ['timer'] })
      .when({ ...look, at: since + 9 })
      .leadsTo({});
    followed.when(message('/follow maybe')).leadsTo({ says: [/Usage/] });
  });
});
