import { runnerContract } from '@threadbridge/contract/testing';
import { harness } from './harness.ts';
import { setUpSdk } from './sdk-set-up.ts';

runnerContract('the SDK runner', async () => harness(await setUpSdk(), { canAsk: false }));
