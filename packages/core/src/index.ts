export type { Command, CommandContext } from './commands/command.ts';
export { commands } from './commands/registry.ts';
export type { AuditEntry, AuditKind, AuditRecord } from './decide/audit.ts';
export { decide } from './decide/decide.ts';
export { type Decision, decision } from './decide/decision.ts';
export type { Effect, EffectRow, EffectType } from './decide/effect.ts';
export { type Alias, applyFacts, type Fact, type FactChange, type Facts, factsFrom, noFacts } from './decide/facts.ts';
export type { HostAsk, HostFinding, HostProcess, HostReply } from './decide/host-ask.ts';
export {
  type DurableRunEvent,
  eventInputId,
  type Input,
  type RunLoss,
  type ThreadsPurpose,
  type Timer,
  type WorkspacePurpose,
} from './decide/input.ts';
export type { FileBlock, MadeFile, TakenOut } from './decide/made-file.ts';
export type { Access, ChannelTraits, ProfileRules, Projection, Rules } from './decide/rules.ts';
export {
  type Binding,
  initialState,
  type OpenApproval,
  type Phase,
  type Prompt,
  type RunningPhase,
  type ScopeState,
  upcast,
} from './decide/scope-state.ts';
export { type CopySettlement, settleCopy } from './engine/settle-copy.ts';
export { type AtStop, createGateway, type Gateway, type GatewayOptions, type Swap } from './gateway.ts';
export { type LimitRunsOptions, limitRuns } from './limit-runs.ts';
export { isSensitivePath } from './policy/artifact-rules.ts';
export { type ClaimCode, claimCode, isClaimed } from './policy/claim-code.ts';
export { explainPolicy, type PolicyAnswer, type PolicyQuestion } from './policy/explain-policy.ts';
export { checkWorkspace, type Places } from './policy/workspace-rules.ts';
export type { Files, Incoming, TakenIn, WorkspaceVerdict } from './ports/files.ts';
export type { Host } from './ports/host.ts';
export type { AuditHead, OpenEffect, Outcome, Pruned, Retention, Step, Store } from './ports/store.ts';
