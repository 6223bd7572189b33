import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { generateProtocol } from '../../tooling/generate-protocol.ts';
import { findNativeBinary } from '../process/native-binary.ts';

it('the checked-in types are those of the pinned binary', async () => {
  const checkedIn = await readFile(new URL('protocol.gen.ts', import.meta.url), 'utf8');
  // Red: run `node packages/codex-runner/tooling/generate-protocol.ts` and look at what changed.
  expect(await generateProtocol(findNativeBinary())).toBe(checkedIn);
}, 20_000);
