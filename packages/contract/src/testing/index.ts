export { type ChannelHarness, channelContract } from './channel-contract.ts';
export { type ContinuationHarness, continuationContract } from './continuation-contract.ts';
export {
  createFakePlatform,
  type FakePlatform,
  type FakePlatformOptions,
  type ShownMessage,
  type ShownView,
} from './fake-channel.ts';
export { createManualClock, type ManualClock, settled } from './manual-clock.ts';
export { type RunnerHarness, runnerContract } from './runner-contract.ts';
export { createScriptedAgent, type ScriptedAgent, type ScriptedRunner, type ScriptStep } from './scripted-runner.ts';
export { type TaskHarness, taskContract } from './task-contract.ts';
