import { asId } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import {
  fired,
  givenScope,
  liveOpened,
  message,
  pressed,
  progressed,
  resolved,
  testRules,
  tokenFor,
  type When,
} from '../testing/given.ts';
import { offeredAtEnd } from './offered-at-end.ts';

const turn = asId<never>('turn-1');
const at = 1_700_000_000_000;
const weekMs = 7 * 24 * 3_600_000;

/** A run that was shown in a view and ended there. */
function ended() {
  const end = givenScope()
    .running()
    .when(liveOpened('card-1'))
    .when(progressed({ type: 'turn.completed', turn, text: 'Done.' }));
  const close = end.decision.effects.find((effect) => effect.type === 'live.close');
  const token = close?.controls?.actions?.[0]?.token;
  if (close === undefined || token === undefined) throw new Error('no end offers anything');
  const offered = (now: When, keys: Parameters<typeof offeredAtEnd>[2] = testRules, moment = at) =>
    offeredAtEnd(now.decision.state, close, keys, moment);
  return { end, close, token, offered };
}

it('is what was offered, until it is pressed', () => {
  const { end, close, token, offered } = ended();
  expect(offered(end)).toEqual(close.controls);
  expect(offered(end.when(pressed(token)))).toBeUndefined();
});

it('is nothing once a later run is shown in a view', () => {
  const { end, offered } = ended();
  const next = end.when(message('more')).when(fired({ name: 'quiet', round: 1 }));
  const running = next.when(resolved()).leadsTo({ asks: ['run.start'], phase: 'running' });
  expect(offered(running)).toBeDefined();
  const { phase } = running.decision.state;
  expect(offered(running.when(liveOpened('card-2', phase.name === 'running' ? phase.run : undefined)))).toBeUndefined();
});

it('is only what would not be refused', () => {
  const { end, close, offered } = ended();
  expect(offered(end, testRules, at + weekMs)).toEqual(close.controls);
  expect(offered(end, testRules, at + weekMs + 1)).toBeUndefined();
  expect(offered(end, { tokenKey: 'another', formerTokenKeys: [testRules.tokenKey] })).toEqual(close.controls);
  expect(offered(end, { tokenKey: 'another' })).toBeUndefined();
  const good = { label: 'Good', token: tokenFor({ type: 'command', name: 'help' }) };
  const controls = {
    actions: [good, { label: 'Bad', token: 'altered' }],
    choices: [{ label: 'Bad', token: 'altered' }],
    form: { fields: [], submit: good },
  };
  const { actions, form } = controls;
  expect(offeredAtEnd(end.decision.state, { ...close, controls }, testRules, at)).toEqual({ actions: actions.slice(0, 1), form });
});
