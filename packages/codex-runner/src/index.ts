export { type CodexRunner, type CodexRunnerOptions, type CodexTransport, createCodexRunner } from './codex-runner.ts';
export { childEnvironment, passedVariables } from './process/child-environment.ts';
export { findNativeBinary, type NativeBinaryOptions } from './process/native-binary.ts';
export type { ServerState } from './process/probe-server.ts';
export { readServer, type StopServerOptions, stopServer } from './process/stop-server.ts';
export { oldestVersion, pinnedVersion } from './version.ts';
