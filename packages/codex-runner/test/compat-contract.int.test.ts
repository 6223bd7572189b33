import { runnerContract } from '@threadbridge/contract/testing';
import { it } from 'vitest';
import { harness } from './harness.ts';
import { setUp } from './set-up.ts';

/** Set by `pnpm codex:compat`; the pinned program has its contract run in `contract.int.test.ts`. */
const bin = process.env.CODEX_COMPAT_BIN;

if (bin === undefined) it.skip('the contract on another Codex program, named by CODEX_COMPAT_BIN', () => {});
else runnerContract('the runner on another Codex', async () => harness(await setUp({ bin }), { canAsk: true }));
