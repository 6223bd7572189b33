import { runnerContract } from '@threadbridge/contract/testing';
import { harness } from './harness.ts';
import { setUp, setUpSocket } from './set-up.ts';

runnerContract('the Codex runner over pipes', async () => harness(await setUp(), { canAsk: true }));
runnerContract('the Codex runner over a socket', async () => harness(await setUpSocket(), { canAsk: true }));
