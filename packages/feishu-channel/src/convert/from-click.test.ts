import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecent } from '../api/recent.ts';
import type { MessagePlace } from '../receive/lookups.ts';
import { fromClick } from './from-click.ts';
import type { ConvertOptions } from './to-event.ts';

/** The platform, which knows of one card where it stands. */
function options(): ConvertOptions & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    ...{ channel: 'work' as never, bot: 'ou_bot', appId: 'cli_a', signal: new AbortController().signal },
    lookups: {
      bot: async () => 'ou_bot',
      chat: async () => ({ kind: 'group', isTopical: false }),
      message: async () => undefined,
      places: createRecent<MessagePlace>(10),
      async placeOf(message) {
        asked.push(message);
        return { chat: 'oc_1', kind: 'group' };
      },
    },
  };
}

const json = fc.jsonValue({ maxDepth: 3 });
const text = fc.string({ unit: 'binary', maxLength: 40 });
const some = (known: string) => fc.oneof({ weight: 4, arbitrary: fc.constant(known) }, { weight: 1, arbitrary: json });
const value = fc.oneof(
  fc.record(
    { token: fc.oneof(text, json), say: fc.oneof(text, json), input: fc.oneof(text, json), isLive: json },
    { requiredKeys: [] },
  ),
  json,
);
const form = fc.oneof(fc.dictionary(fc.oneof(text, fc.constantFrom('__proto__', 'constructor')), json), json);
const click = fc.record(
  {
    event_id: some('ev_1'),
    create_time: fc.oneof(fc.constant('1700000000000000'), json),
    operator: fc.oneof(fc.record({ open_id: some('ou_1') }), json),
    context: fc.oneof(fc.record({ open_message_id: some('om_1'), open_chat_id: some('oc_1') }), json),
    action: fc.oneof(fc.record({ value, form_value: form }, { requiredKeys: [] }), json),
  },
  { requiredKeys: [] },
);

describe('a click from anywhere', () => {
  it('is read or passed over, never a crash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(click, json, fc.anything()), async (data) => {
        const event = await fromClick(data, options());
        if (event === undefined) return;
        expect(['action.invoked', 'message.received']).toContain(event.type);
        expect(event.actor.id).toMatch(/^work:./s);
        expect(Number.isFinite(event.at)).toBe(true);
      }),
    );
  });

  it('keeps the token as it came, and stands where the platform says, whatever else it carries', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), value, form, json, async (token, extra, values, context) => {
        const whole = typeof extra === 'object' && extra !== null && !Array.isArray(extra) ? extra : {};
        const event = await fromClick(
          {
            ...{ event_id: 'ev_1', operator: { open_id: 'ou_1' }, place: context },
            context: { open_message_id: 'om_1', open_chat_id: 'oc_1', open_thread_id: context },
            action: { value: { ...whole, token }, form_value: values },
          },
          options(),
        );
        expect(event).toMatchObject({ type: 'action.invoked', token, scope: { kind: 'group' } });
        expect(JSON.stringify(event?.scope)).not.toContain('omt_');
      }),
    );
  });

  it('without a person, a card or an id is nobody’s, and nothing is asked of the platform', async () => {
    const whole = {
      ...{ event_id: 'ev_1', operator: { open_id: 'ou_1' } },
      ...{ context: { open_message_id: 'om_1', open_chat_id: 'oc_1' }, action: { value: { token: 't' } } },
    };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('event_id', 'operator', 'context'), json, async (field, given) => {
        fc.pre(typeof given !== 'string' && (typeof given !== 'object' || given === null || Array.isArray(given)));
        const place = options();
        expect(await fromClick({ ...whole, [field]: given }, place)).toBeUndefined();
        expect(place.asked).toEqual([]);
      }),
    );
  });
});
