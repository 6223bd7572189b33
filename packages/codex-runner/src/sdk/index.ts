export { createSdkRunner, type SdkRunnerOptions } from './sdk-runner.ts';
