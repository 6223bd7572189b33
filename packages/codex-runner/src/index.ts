export { type CodexRunner, type CodexRunnerOptions, createCodexRunner } from './codex-runner.ts';
export { childEnvironment, passedVariables } from './process/child-environment.ts';
export { findNativeBinary, type NativeBinaryOptions } from './process/native-binary.ts';
export { oldestVersion, pinnedVersion } from './version.ts';
