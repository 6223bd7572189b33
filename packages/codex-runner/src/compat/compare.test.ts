import { describe, expect, it } from 'vitest';
import { compareProtocols } from './compare.ts';
import { readSchema } from './read-schema.ts';
import { summarise } from './summarise.ts';
import type { MethodNames } from './summary.ts';

const uses: MethodNames = { clientRequests: ['go'], serverRequests: ['ask'], notifications: ['gone'] };
const everything = { isUsed: () => true, isOpaque: () => false };

type Properties = Readonly<Record<string, object>>;
const object = (properties: Properties, required: readonly string[] = []) => ({ type: 'object', properties, required });
const method = (name: string, type: string) => object({ method: { enum: [name] }, params: { $ref: `#/definitions/v2/${type}` } });

/** A small protocol; `change` takes the place of types. */
function protocol(change: Readonly<Record<string, object>> = {}) {
  const bundle = {
    definitions: {
      ClientRequest: { oneOf: [method('go', 'GoParams')] },
      ServerRequest: { oneOf: [method('ask', 'AskParams')] },
      ServerNotification: { oneOf: [method('gone', 'GoneNotification')] },
      v2: {
        GoParams: object({ how: { $ref: '#/definitions/v2/How' }, where: { type: ['string', 'null'] } }, ['how']),
        GoResponse: object({ id: { type: 'string' } }, ['id']),
        AskParams: object({ text: { type: 'string' }, hint: { type: ['string', 'null'] } }, ['text']),
        AskResponse: object({ answer: { type: 'string' } }, ['answer']),
        GoneNotification: object({ end: { $ref: '#/definitions/v2/End' } }, ['end']),
        How: { type: 'string', enum: ['fast', 'slow'] },
        End: {
          oneOf: [
            object({ type: { enum: ['well'] } }, ['type']),
            object({ type: { enum: ['badly'] }, why: { type: 'string' } }, ['type', 'why']),
          ],
        },
        ...change,
      },
      ...('ClientRequest' in change ? change : {}),
    },
  };
  return summarise(readSchema(bundle), uses, everything);
}

const findings = (change: Readonly<Record<string, object>>) =>
  compareProtocols(protocol(), protocol(change)).map(({ grade, where }) => `${grade} ${where}`);

describe('a protocol beside the expected one', () => {
  it('is summarised with its unions, words and what may be left out', () => {
    expect(protocol().types).toMatchObject({
      GoParams: { fields: { how: 'How', where: '?string | null' } },
      How: { values: ['fast', 'slow'] },
      End: { variants: { 'type=well': {}, 'type=badly': { why: 'string' } } },
    });
    expect(protocol().sent).toEqual(['AskResponse', 'GoParams', 'How']);
  });

  it('has no findings where it is equal or has more', () => {
    expect(findings({})).toEqual([]);
    expect(findings({ How: { type: 'string', enum: ['fast', 'slow', 'warp'] } })).toEqual([]);
  });

  it('is broken without a method', () => {
    expect(findings({ ClientRequest: { oneOf: [method('walk', 'GoParams')] } })).toContain('broken go');
  });

  it('is broken where it ignores, lacks or demands something that is sent', () => {
    expect(findings({ GoParams: object({ how: { $ref: '#/definitions/v2/How' } }, ['how']) })).toEqual(['broken GoParams.where']);
    expect(findings({ How: { type: 'string', enum: ['fast'] } })).toEqual(['broken How=slow']);
    const demanding = { how: { $ref: '#/definitions/v2/How' }, where: { type: ['string', 'null'] }, who: { type: 'string' } };
    expect(findings({ GoParams: object(demanding, ['how', 'who']) })).toEqual(['broken GoParams.who']);
  });

  it('is broken where it does not tell what is always told, and changed where it was told at times', () => {
    expect(findings({ GoResponse: object({ name: { type: 'string' } }) })).toEqual(['broken GoResponse.id']);
    expect(findings({ AskParams: object({ hint: { type: ['string', 'null'] } }) })).toEqual(['broken AskParams.text']);
    expect(findings({ AskParams: object({ text: { type: 'string' } }, ['text']) })).toEqual(['changed AskParams.hint']);
  });

  it('is broken where a field is something else altogether', () => {
    expect(findings({ AskParams: object({ text: { type: 'integer' }, hint: { type: ['string', 'null'] } }, ['text']) })).toEqual([
      'broken AskParams.text',
    ]);
  });

  it('is changed where a word or form is not told any more', () => {
    expect(findings({ End: { oneOf: [object({ type: { enum: ['well'] } }, ['type'])] } })).toEqual(['changed End[type=badly]']);
  });

  it('is read however it looks', () => {
    for (const bundle of [undefined, null, 3, [], { definitions: [] }, { definitions: { ClientRequest: { oneOf: [1, {}] } } }]) {
      expect(readSchema(bundle).methods.clientRequests).toEqual([]);
    }
  });
});
