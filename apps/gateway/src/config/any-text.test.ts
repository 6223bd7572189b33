import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayError } from '@threadbridge/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig, resolveProfile } from './load.ts';
import { profileSchema } from './schema.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'threadbridge-any-'));
});
afterAll(() => rm(home, { recursive: true }));

/** Loads the text as a configuration; it is understood, or refused in lines that name a place. */
async function loadAny(text: string): Promise<void> {
  await writeFile(join(home, 'config.json'), text);
  try {
    resolveProfile(await loadConfig({ environment: { THREADBRIDGE_HOME: home }, flags: {} }));
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    expect(error).toMatchObject({ code: 'config.invalid', certain: true });
    for (const line of error.message.split('\n')) expect(line).not.toBe('');
  }
}

const json = fc.jsonValue({ maxDepth: 3 });
const settings = fc.dictionary(fc.constantFrom(...Object.keys(profileSchema.shape), '__proto__', 'constructor', 'no such'), json);

describe('a configuration from anywhere', () => {
  it('that is any text is understood or refused, never a crash', async () => {
    await fc.assert(fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), loadAny));
  });

  it('whose settings hold anything is understood or refused, never a crash', async () => {
    const file = fc.record({ schemaVersion: fc.oneof(fc.constant(1), json), profiles: fc.record({ default: settings }) });
    await fc.assert(fc.asyncProperty(file, (given) => loadAny(JSON.stringify(given))));
  });
});
