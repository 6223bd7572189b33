export type { ClaimCode, WorkspaceVerdict } from '@threadbridge/core';
export { type ChannelAddress, channelAddresses } from './accounts/channel-addresses.ts';
export { type ChannelFinding, type ExamineAccountsOptions, examineAccounts } from './accounts/examine-accounts.ts';
export type { AccountOptions } from './accounts/find-account.ts';
export { type LoginAccountOptions, type LoginProgress, loginAccount, logoutAccount } from './accounts/login-account.ts';
export { type ProbeChannelOptions, probeChannel } from './accounts/probe-channel.ts';
export { type AccountState, type ShowAccountsOptions, showAccounts } from './accounts/show-accounts.ts';
export { type MadeBackup, type MakeBackupOptions, makeBackup } from './backup/make-backup.ts';
export type { Manifest } from './backup/manifest.ts';
export { type RestoreBackupOptions, type RestoredBackup, restoreBackup, verifyBackup } from './backup/restore-backup.ts';
export {
  type AccountFinding,
  type AccountLogin,
  type AccountView,
  type ChannelAbilities,
  type ChannelContext,
  type ChannelFactory,
  channelFactory,
  type LoginContext,
  type OpenChannel,
} from './channels/channel-factory.ts';
export { loginCommand, loginRemedy } from './channels/login-entry.ts';
export type { CodexContext } from './codex.ts';
export { type CodexHomes, codexHomes } from './codex-homes.ts';
export type { CodexServer, DefaultTransport } from './codex-server.ts';
export { type ConfigEdit, editConfig } from './config/edit-config.ts';
export type { Environment, ProfilePaths } from './config/home.ts';
export type { ProfileOverrides } from './config/layers.ts';
export {
  describeProfile,
  type LoadedConfig,
  type LoadOptions,
  loadConfig,
  type ResolvedProfile,
  resolveProfile,
} from './config/load.ts';
export { type Origin, originText, type SettingLine } from './config/origin.ts';
export type { Config, Profile, ProfileInput } from './config/schema.ts';
export type { SecretReference } from './config/schema-secret.ts';
export type { ServiceName } from './config/schema-service.ts';
export type { Secret } from './config/secret.ts';
export type { Keystore, Secrets } from './config/secrets.ts';
export { type ConsoleLinkOptions, consoleLink } from './console-link.ts';
export { askControl } from './control/ask-control.ts';
export { type GatewayState, type LiveState, type RestingState, readGatewayState } from './control/gateway-state.ts';
export { listProcesses, type RunningProcess } from './control/processes.ts';
export type { Workload } from './control/read-state.ts';
export { examineWorkspace, type WorkspaceQuestion } from './examine-workspace.ts';
export { type ExitCode, exitCodeOf, exitCodes } from './exit-code/index.ts';
export { explainProfile, type ProfileQuestion } from './explain-profile.ts';
export type { ExtraChannel } from './extra-channel.ts';
export { createFileKeystore, type WritableKeystore } from './keystore/file-keystore.ts';
export { openKeystore } from './keystore/open-keystore.ts';
export type { ChannelState, EventError, LifecycleEvent, NotListening, ReadyEvent } from './lifecycle.ts';
export type { LogLevel } from './log/logger.ts';
export { profileLogs } from './log/profile-logs.ts';
export type { Span, SpanAttributes, Tracer } from './observe/tracer.ts';
export { type OpenGatewayOptions, openGateway, type RunningGateway } from './open-gateway.ts';
export { type OpenTasksOptions, openTasks } from './open-tasks.ts';
export type { Reloaded } from './reload.ts';
export { type ReplayedStep, replayProfile } from './replay-profile.ts';
export { type MakeReportOptions, makeReport, type Report } from './report/make-report.ts';
export { type NativeApiReady, type RunNativeApiOptions, runNativeApi } from './run-native-api.ts';
export {
  forgetSecret,
  rotateServiceToken,
  type ServiceToken,
  secretNames,
  showServiceTokens,
  type TokenService,
} from './service-tokens.ts';
export type { RunningService, Service, ServiceContext } from './services/registry.ts';
export { type ShowClaimOptions, showClaim } from './show-claim.ts';
export { rotateTokenKeys, type TokenKeys } from './token-key.ts';
export type { WireOptions } from './wire-options.ts';
