import { asId, type Scope, scopeId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import {
  fired,
  givenScope,
  lost,
  message,
  openApproval,
  privateScope,
  progressed,
  runHeld,
  type When,
} from '../testing/given.ts';

const to: Scope = { id: scopeId(privateScope.channel, 'elsewhere'), channel: privateScope.channel, kind: 'private' };
const given = givenScope({ notices: { to } });
const turn = asId<never>('t');
const limit = progressed({ type: 'turn.failed', error: { kind: 'usageLimit', message: 'Used up.' }, text: '' });
const notices = ({ decision }: When) =>
  decision.inputs.map((input) => (input.type === 'notice.posted' ? input.notice : undefined));

describe('the place for notices of the profile', () => {
  it.each([
    [
      'done',
      () => progressed({ type: 'turn.completed', turn, text: 'All is well.' }),
      { type: 'ended', status: 'completed', text: 'All is well.' },
    ],
    [
      'failed',
      () => progressed({ type: 'turn.failed', error: { kind: 'other', message: 'No.' }, text: '' }),
      { type: 'ended', status: 'failed' },
    ],
    ['lost', () => lost(), { type: 'ended', status: 'lost' }],
    [
      'waiting for an answer',
      () => progressed({ type: 'approval.requested', approval: openApproval('a1').approval }),
      { type: 'asked' },
    ],
    ['waiting for its thread', () => runHeld(), { type: 'told', text: expect.stringContaining('open in another program') }],
    ['at the usage limit', () => limit, { type: 'ended', note: expect.stringContaining('Limit reached') }],
  ] as const)('is told once of a run that is %s', (_name, input, notice) => {
    const when = given.running().when(input());
    expect(notices(when)).toMatchObject([notice]);
    expect(when.decision.inputs).toMatchObject([{ scope: to, from: privateScope }]);
  });

  it('is told that a limit has reset', () => {
    const run = asId<never>('fake:private/run/1');
    const looked = given
      .running()
      .when(limit)
      .when(fired({ name: 'limit.check', run }));
    const [ask] = looked.decision.effects;
    if (ask?.type !== 'agent.ask') throw new TypeError('It does not look.');
    const reply = { type: 'limits', limits: { windows: [], isReached: false } } as const;
    const input = { ...fired({ name: 'budget' }), type: 'agent.answered', ask: ask.ask, reply } as const;
    expect(notices(looked.when(input))).toMatchObject([{ type: 'told', text: expect.stringContaining('has reset') }]);
  });

  it('is not told what a person did, and is told nothing of itself; without it nobody is', () => {
    expect(
      notices(
        given
          .running()
          .when(message('/stop'))
          .when(progressed({ type: 'turn.interrupted', text: '' })),
      ),
    ).toEqual([]);
    const done = progressed({ type: 'turn.completed', turn, text: 'done' });
    expect(notices(givenScope().running().when(done))).toEqual([]);
    expect(
      notices(
        givenScope({ notices: { to: privateScope } })
          .running()
          .when(done),
      ),
    ).toEqual([]);
  });
});
