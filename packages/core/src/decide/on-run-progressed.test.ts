import { asId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import {
  fired,
  givenScope,
  liveOpened,
  liveRefused,
  lost,
  message,
  openApproval,
  overdue,
  owner,
  pressed,
  privateScope,
  progressed,
  steered,
  testRules,
} from '../testing/given.ts';
import type { Input } from './input.ts';

const given = givenScope();
const turn = asId<never>('turn-1');

describe('the thread of a run', () => {
  it('is continued by the next run under the same policy, and only then', () => {
    const later = given
      .running({ waiting: ['next'] })
      .when(progressed({ type: 'thread.started', thread: asId('t1'), isNew: true }))
      .leadsTo({ phase: 'running' })
      .when(progressed({ type: 'turn.completed', turn, text: 'done' }));
    const { bindings } = later.decision.state;
    expect(Object.values(bindings)).toEqual([{ thread: 't1', workspace: '/work/app' }]);
  });
});

describe('the end of a run', () => {
  it('is said, and nothing is left', () => {
    given
      .running()
      .when(progressed({ type: 'turn.completed', turn, text: 'It works.' }))
      .leadsTo({ says: ['It works.'], phase: 'idle' });
  });

  it('says so where there is no text', () => {
    given
      .running()
      .when(progressed({ type: 'turn.completed', turn, text: '' }))
      .leadsTo({ says: [/without a text/], phase: 'idle' });
  });

  it('starts the next run for what waited', () => {
    given
      .running({ waiting: ['one', 'two'] })
      .when(progressed({ type: 'turn.completed', turn, text: 'a' }))
      .leadsTo({ says: ['a'], asks: ['workspace.resolve'], phase: 'preparing', waiting: ['one', 'two'] });
  });

  it('is shown in the view where one was opened, with the whole answer', () => {
    const end = given
      .running()
      .when(liveOpened('card-1'))
      .leadsTo({ phase: 'running' })
      .when(progressed({ type: 'turn.completed', turn, text: 'All of it.' }))
      .leadsTo({ says: [], asks: ['live.close'], phase: 'idle' });
    expect(end.decision.effects[0]).toMatchObject({
      ref: 'card-1',
      view: { status: 'completed', texts: [{ text: 'All of it.' }] },
      controls: { actions: [{ label: 'New thread' }] },
    });
    const [close] = end.decision.effects;
    const token = close?.type === 'live.close' ? close.controls?.actions?.[0]?.token : undefined;
    end.when(pressed(token ?? '')).leadsTo({ says: [/new thread/] });
  });

  it('is said in messages where the view could not hold it', () => {
    given
      .idle()
      .when(liveRefused('All of it.'))
      .leadsTo({ says: ['All of it.'] });
  });

  it('tells a failure with its reason and keeps what was answered', () => {
    const error = { kind: 'other', message: 'the model broke' } as const;
    given
      .running()
      .when(progressed({ type: 'turn.failed', turn, error, text: 'half' }))
      .leadsTo({ says: [/half[\s\S]*the model broke/], phase: 'idle' });
  });

  it.each([
    [{ reason: 'asked', by: owner.id }, /^Stopped \(“do it”\)\.$/],
    [{ reason: 'idle' }, /no sign of life/],
    [{ reason: 'wall' }, /time limit/],
    [{ reason: 'shutdown' }, /shut down/],
  ] as const)('says who interrupted it: %j', (stopping, said) => {
    given
      .running({ phase: { stopping } })
      .when(progressed({ type: 'turn.interrupted', turn, text: '' }))
      .leadsTo({ says: [said], phase: 'idle' });
  });

  it('does not claim that somebody stopped a run which Codex interrupted', () => {
    given
      .running()
      .when(progressed({ type: 'turn.interrupted', turn, text: '' }))
      .leadsTo({ says: [/was interrupted/] });
  });
});

describe('news of a run that is over', () => {
  it.each([
    progressed({ type: 'turn.completed', turn, text: 'late' }),
    progressed({ type: 'approval.requested', approval: openApproval('a1').approval }),
    lost(),
    overdue('idle'),
    liveOpened('late'),
    fired({ name: 'approval.expire', run: asId('fake:private/run/1'), approval: asId('a1') }),
  ])('changes nothing: $type', (input) => {
    given.idle().when(input).leadsTo({ says: [], asks: [], phase: 'idle' });
  });

  it('changes nothing in the run after it', () => {
    given
      .running()
      .when(progressed({ type: 'turn.completed', turn, text: 'old' }, asId('fake:private/run/0')))
      .leadsTo({ says: [], phase: 'running' });
  });
});

describe('a lost run', () => {
  it('is told with what is certain, and its prompt is not started again', () => {
    given
      .running()
      .when(lost({ certain: false }))
      .leadsTo({ says: [/cut off/], asks: [], phase: 'idle' });
    given
      .running()
      .when(lost({ certain: true, message: 'No Codex.' }))
      .leadsTo({ says: [/did not reach Codex: No Codex\./], asks: [], phase: 'idle' });
  });

  it('keeps the text that Codex kept', () => {
    given
      .running()
      .when(lost({ text: 'So far' }))
      .leadsTo({ says: [/So far[\s\S]*cut off/] });
  });

  it('that was to end has ended', () => {
    given
      .running({ phase: { stopping: { reason: 'asked', by: owner.id } } })
      .when(lost())
      .leadsTo({ says: ['Stopped (“do it”).'], phase: 'idle' });
  });

  it('lets the messages that waited run', () => {
    given
      .running({ waiting: ['next'] })
      .when(lost())
      .leadsTo({ says: [/cut off/], asks: ['workspace.resolve'], phase: 'preparing' });
  });
});

describe('a limit', () => {
  it.each(['idle', 'wall', 'shutdown'] as const)('%s ends the run once', (reason) => {
    given
      .running()
      .when(overdue(reason))
      .leadsTo({ asks: ['run.interrupt'], phase: 'running' })
      .when(overdue('wall'))
      .leadsTo({ asks: [] });
  });
});

describe('steering', () => {
  it('is confirmed', () => {
    given
      .running()
      .when(steered('left', { type: 'taken' }))
      .leadsTo({ says: ['Put into the run in progress: “left”.'] });
  });

  it('that did not get in waits for the next run', () => {
    given
      .running()
      .when(steered('left', { type: 'refused', reason: 'over' }))
      .leadsTo({ says: [/“left” could not be put into .* waits for the next run/], waiting: ['left'] });
    given
      .idle()
      .when(steered('left', { type: 'refused', reason: 'over' }))
      .leadsTo({ says: [/waits/], asks: ['workspace.resolve'], waiting: ['left'] });
  });

  it('in doubt is told and not repeated', () => {
    given
      .idle()
      .when(steered('left', { type: 'unknown' }))
      .leadsTo({ says: [/unknown whether/], waiting: [] });
  });
});

it('speaks Chinese to those who want it', () => {
  givenScope({ language: 'zh' })
    .running()
    .when(lost())
    .leadsTo({ says: [/任务“do it”被切断/] });
  expect(testRules.language).toBe('en');
});

describe('a run in line', () => {
  const inLine = (place: number, reason: 'slot' | 'thread' = 'slot') => progressed({ type: 'turn.waiting', place, for: reason });

  it('is told its place once; later places are shown where somebody asks', () => {
    given
      .running()
      .when(inLine(3))
      .leadsTo({ says: [/3rd in line and begins by itself/] })
      .when(inLine(2))
      .leadsTo({})
      .when(message('/status'))
      .leadsTo({ says: [/\*\*In line\*\*, 2nd, for a free place/] })
      .when(message('/queue'))
      .leadsTo({ says: [/\*\*In line\*\*, 2nd/] });
  });

  it('is told where it is shown, and in words where no view could show it', () => {
    const live = { split: (text: string) => [text], hasLive: true, hasActions: false };
    const shown = givenScope({ channels: new Map([[privateScope.channel, live]]) })
      .running()
      .when(inLine(2));
    shown.leadsTo({});
    shown.when({ ...inLine(2), isUnseen: true } as Input).leadsTo({ says: [/2nd in line/] });
    expect(shown.decision.state.phase).toMatchObject({ line: { place: 2 } });
  });

  it('says what it waits for', () => {
    given
      .running()
      .when(inLine(1, 'thread'))
      .leadsTo({ says: [/Another run is at work in this thread\. Yours is 1st/] });
  });

  it('is in line no more once its thread is there', () => {
    given
      .running()
      .when(inLine(1))
      .when(progressed({ type: 'thread.started', thread: asId('t1'), isNew: true }))
      .when(message('/status'))
      .leadsTo({ says: [/\*\*Running\*\*/] });
  });

  it('can be taken out', () => {
    given
      .running()
      .when(inLine(1))
      .when(message('/stop'))
      .leadsTo({ asks: ['run.interrupt'] })
      .when(progressed({ type: 'turn.interrupted', text: '' }))
      .leadsTo({ says: [/Stopped/], phase: 'idle' });
  });

  it('that finds the line full was not taken, and that is said', () => {
    given
      .running()
      .when(lost({ code: 'runner.overloaded', message: '100 runs already wait.', certain: true }))
      .leadsTo({ says: [/Busy: your message “do it” was not taken\. 100 runs already wait/], phase: 'idle' });
  });
});
