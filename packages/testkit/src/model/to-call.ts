import type { OfferedTools } from './offered-tools.ts';
import type { CallItem } from './response-writer.ts';
import type { CallStep, CommandStep, ToolStep } from './steps.ts';

/**
 * The tool call that carries out a step with the tools this request offers, or undefined when none of them can.
 * Names and parameters as sent by Codex 0.169; `shell_command` and `shell` are the older command tools.
 */
export function toCall(step: CallStep, tools: OfferedTools): CallItem | undefined {
  switch (step.type) {
    case 'command':
      return tools.codeMode ? scripted('exec_command', execCommand(step)) : commandCall(step, tools);
    case 'patch': {
      if (tools.codeMode) return scripted('apply_patch', step.patch);
      const tool = tools.find('apply_patch');
      if (tool?.kind === 'custom') return { type: 'custom_tool_call', name: tool.name, input: step.patch };
      if (tool) return functionCall(tool.name, { input: step.patch });
      // Without a patch tool, models write the patch as a command, which Codex recognises as a file change.
      return commandCall({ type: 'command', command: `apply_patch <<'PATCH'\n${step.patch}PATCH` }, tools);
    }
    case 'plan':
      return named({ type: 'tool', name: 'update_plan', arguments: { explanation: step.explanation, plan: step.steps } }, tools);
    case 'question':
      return named({ type: 'tool', name: 'request_user_input', arguments: { questions: step.questions } }, tools);
    case 'tool':
      return named(step, tools);
  }
}

function execCommand(step: CommandStep) {
  return {
    cmd: step.command,
    workdir: step.workdir,
    yield_time_ms: step.yieldTimeMs,
    ...escalation(step),
  };
}

function escalation(step: CommandStep) {
  return step.escalate === undefined ? {} : { sandbox_permissions: 'require_escalated', justification: step.escalate };
}

function commandCall(step: CommandStep, tools: OfferedTools): CallItem | undefined {
  if (tools.find('exec_command')) return functionCall('exec_command', execCommand(step));
  const shared = { workdir: step.workdir, timeout_ms: step.yieldTimeMs, ...escalation(step) };
  if (tools.find('shell_command')) return functionCall('shell_command', { command: step.command, ...shared });
  if (tools.find('shell')) return functionCall('shell', { command: ['bash', '-lc', step.command], ...shared });
  return undefined;
}

function named(step: ToolStep, tools: OfferedTools): CallItem | undefined {
  if (tools.find(step.name, step.namespace)?.kind === 'function') return functionCall(step.name, step.arguments, step.namespace);
  // A code-mode model is not told all tools by name: those it may call from a script are only described to it in words.
  if (tools.codeMode)
    return scripted(step.namespace === undefined ? step.name : `${step.namespace}__${step.name}`, step.arguments);
  return undefined;
}

function functionCall(name: string, input: unknown, namespace?: string): CallItem {
  return {
    type: 'function_call',
    name,
    ...(namespace === undefined || namespace === 'functions' ? {} : { namespace }),
    arguments: JSON.stringify(input),
  };
}

function scripted(tool: string, input: unknown): CallItem {
  return { type: 'custom_tool_call', name: 'exec', input: `text(await tools.${tool}(${JSON.stringify(input)}));` };
}
