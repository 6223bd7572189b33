import { asId, type ChannelId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { deliveryFailed, givenScope, message, overdue, resolved, testRules, worked } from '../testing/given.ts';

const given = givenScope();
const verbose = { runs: { ...testRules.runs, verbosity: 'verbose' } } as const;
const started = (rules: Parameters<typeof givenScope>[0], state: object = {}) => {
  const { phase, pending } = givenScope().preparing('do it').state;
  return givenScope(rules)
    .idle({ phase, pending, ...state })
    .when(resolved()).decision.effects[0];
};

describe('the steps of a run', () => {
  it('are told where the profile or the chat says so, and there is no live view', () => {
    expect(started({})).not.toHaveProperty('isVerbose');
    expect(started(verbose)).toMatchObject({ isVerbose: true });
    expect(started({}, { verbosity: 'verbose' })).toMatchObject({ isVerbose: true });
    expect(started(verbose, { verbosity: 'quiet' })).not.toHaveProperty('isVerbose');
    const channel = asId<ChannelId>('fake');
    const live = { split: (text: string) => [text], hasLive: true, hasActions: false };
    expect(started({ ...verbose, channels: new Map([[channel, live]]) })).not.toHaveProperty('isVerbose');
  });

  it('are lines of one message, each once, and urgent least of all', () => {
    const told = given
      .running()
      .when(
        worked(
          [
            { type: 'ran', command: 'npm  test\n`x`', exitCode: 1 },
            { type: 'changed', path: 'a.ts' },
            { type: 'changed', path: 'a.ts' },
            { type: 'used', tool: 'search' },
          ],
          7,
        ),
      )
      .leadsTo({
        says: ['- 7 more steps before\n- ran `npm test ⟨U+0060⟩x⟨U+0060⟩` (exit code 1)\n- changed `a.ts`\n- used `search`'],
      });
    expect(told.decision.effects[0]).toMatchObject({ purpose: 'progress' });
  });

  it('are told no more once the run is to end, and one that did not arrive is not spoken of', () => {
    const steps = [{ type: 'used', tool: 'x' }] as const;
    given.running().when(overdue('wall')).when(worked(steps)).leadsTo({});
    given
      .running()
      .when(deliveryFailed({ purpose: 'progress' }))
      .leadsTo({});
  });

  it('are a choice of the chat', () => {
    given
      .idle()
      .when(message('/config verbosity verbose'))
      .leadsTo({ says: ['Steps of a run: told while it goes on'] })
      .when(message('/config verbosity'))
      .leadsTo({ says: [/told while it goes on\nUsage: `\/config verbosity quiet\|verbose`/] })
      .when(message('/config verbosity quiet'))
      .leadsTo({ says: ['not told'] });
  });
});
