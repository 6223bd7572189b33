import { expect, it } from 'vitest';
import * as root from '../src/index.ts';

it('exports the terminal chat and nothing else', () => {
  expect(Object.keys(root).sort()).toEqual([
    'createPlainSurface',
    'createTerminalChannel',
    'terminalActorId',
    'terminalChannelId',
  ]);
});
