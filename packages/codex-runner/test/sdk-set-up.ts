import type { Runner } from '@threadbridge/contract';
import { createSdkRunner, type SdkRunnerOptions } from '../src/sdk/index.ts';
import { openWorld, type WorldOf } from './set-up.ts';

/** The real SDK and the real Codex on a scripted model, in a folder of its own. */
export type SdkWorld = WorldOf<Runner, SdkRunnerOptions>;

export function setUpSdk(options: SdkRunnerOptions = {}): Promise<SdkWorld> {
  return openWorld(createSdkRunner, options);
}
