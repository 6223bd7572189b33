export type { Answer, Approval, ApprovalDecision, FileChange, UserQuestion } from './approval.ts';
export type { Artifact, Attachment } from './artifact.ts';
export type { AuditEntry, AuditKind, AuditSink } from './audit-sink.ts';
export { type Bell, createBell } from './bell.ts';
export type { Channel, ChannelCapabilities, ChannelLimits, LiveRef, LiveView, RespondOptions } from './channel.ts';
export type {
  ActionInvoked,
  ChannelBatch,
  ChannelEvent,
  MessageRecalled,
  MessageReceived,
  Quote,
  RunRequest,
} from './channel-event.ts';
export { checkLength } from './check-length.ts';
export { type Clock, systemClock } from './clock.ts';
export type { Continuation, ContinuationStore, FoundContinuation } from './continuation-store.ts';
export {
  type ErrorCode,
  explain,
  GatewayError,
  type GatewayErrorOptions,
  isGatewayError,
  type Retry,
  retryAfter,
} from './errors.ts';
export type {
  ApprovalEntry,
  AuditLine,
  AuditState,
  ChannelEntry,
  ConversationEntry,
  DeliveryEntry,
  GatewayChange,
  GatewayStatus,
  GatewayView,
  Page,
  PageQuery,
  RunEntry,
  SettingEntry,
  TranscriptEntry,
} from './gateway-view.ts';
export {
  type ActorId,
  type ApprovalId,
  actorId,
  asId,
  type ChannelId,
  type Cursor,
  type EffectKey,
  type EventId,
  type Fingerprint,
  type InputId,
  type ItemId,
  type MessageId,
  parseScopeId,
  type RunId,
  type ScopeId,
  scopeId,
  type ThreadId,
  type TurnId,
  type WorkspacePath,
} from './ids.ts';
export type { JsonObject, JsonValue } from './json.ts';
export { createLink, type Link, type OwnLink } from './link.ts';
export { type Logger, silentLogger } from './logger.ts';
export type { LoginStep } from './login-step.ts';
export type {
  OutboundAction,
  OutboundChoice,
  OutboundControls,
  OutboundField,
  OutboundForm,
  OutboundMessage,
  SendOptions,
  SentMessage,
} from './outbound.ts';
export type { DrawPicture, PictureBlock } from './picture.ts';
export { createPullQueue, type PullQueue } from './pull-queue.ts';
export {
  type ItemStatus,
  isTerminal,
  type PlanStep,
  type RunEvent,
  type RunItem,
  type TerminalEvent,
  type TokenCount,
  type TurnError,
  type Usage,
} from './run-event.ts';
export { emptyView, type RunStatus, type RunView, reduceView, type ViewText, viewText } from './run-view.ts';
export type { DynamicTool, RunHandle, RunInput, Runner, RunnerHealth, SandboxMode } from './runner.ts';
export type {
  AccountInfo,
  AccountLimits,
  LimitWindow,
  LiveSettings,
  LoginMethod,
  ModelInfo,
  QueuedPrompt,
  ReviewInput,
  ReviewTarget,
  RunAccount,
  RunBroker,
  RunCeiling,
  RunHistory,
  RunModels,
  RunnerCapabilities,
  RunReview,
  RunThreads,
  ThreadAccess,
  ThreadPage,
  ThreadQuery,
  ThreadSummary,
  TurnDetail,
  TurnPage,
  TurnQuery,
  TurnRecord,
} from './runner-capabilities.ts';
export type { Actor, ReplyContext, Scope, ScopeKind } from './scope.ts';
export type { BudgetClaim, BudgetState, SendBudget, SendNews, SendPurpose } from './send-budget.ts';
export { splitMessage } from './split-message.ts';
export type { PlacedTaskEntry, StoredTask, TaskEntry, TaskStore } from './task-store.ts';
