export { type CodexRunner, type CodexRunnerOptions, type CodexTransport, createCodexRunner } from './codex-runner.ts';
export { childEnvironment, passedVariables } from './process/child-environment.ts';
export { findNativeBinary, type NativeBinaryOptions } from './process/native-binary.ts';
export { readServer, type ServerState, type StopServerOptions, stopServer } from './process/stop-server.ts';
export { oldestVersion, pinnedVersion } from './version.ts';
