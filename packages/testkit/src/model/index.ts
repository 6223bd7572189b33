export { builtInRules } from './built-in-rules.ts';
export type { ModelClock } from './clock.ts';
export { type CodexConfig, type CodexConfigOptions, type ConfigValue, codexConfigFor, toConfigFlags } from './codex-config.ts';
export { contextLengthExceeded, rateLimited, usageLimitReached } from './http-error.ts';
export type { ModelRequest, ToolOutput } from './model-request.ts';
export type { OfferedTool, OfferedTools } from './offered-tools.ts';
export { addFile, deleteFile, editFile } from './patch.ts';
export type { ModelRule } from './rule.ts';
export { type ScriptedModel, type ScriptedModelOptions, startScriptedModel } from './scripted-model.ts';
export type {
  CallStep,
  CommandStep,
  FailureStep,
  GateStep,
  ModelStep,
  ParallelStep,
  PatchStep,
  PauseStep,
  PlanStep,
  QuestionStep,
  ReasoningStep,
  TextPiece,
  TextSource,
  TextStep,
  ToolStep,
} from './steps.ts';
