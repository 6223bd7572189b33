import type { DynamicTool, JsonObject } from '@threadbridge/contract';
import { invalid, missing, unsupported, wrongValue } from '../api-error.ts';
import {
  type Fields,
  fieldsAt,
  isAbsent,
  isFields,
  listAt,
  member,
  optionalFields,
  optionalFlag,
  optionalText,
} from './fields.ts';

/** A function the caller answers itself. */
export interface FunctionTool extends DynamicTool {
  /** As it came, for the echo. */
  readonly asked: {
    readonly description: string | null;
    readonly parameters: JsonObject | null;
    readonly strict: boolean | null;
  };
}

/** How the two routes name their refusals, and where a function's fields are. */
export interface ToolDialect {
  readonly refusalCode: 'unsupported_responses_tooling' | 'unsupported_chat_completions_feature';
  readonly isNested: boolean;
  /** False: the operator switched function tools off. */
  readonly isAllowed: boolean;
}

export interface ToolChoice {
  readonly tools: readonly FunctionTool[];
  /** `none`: the tools are known to the caller, not to the model. */
  readonly choice: 'auto' | 'none';
}

const names = /^[A-Za-z0-9_-]{1,64}$/;

/** Reads `tools` and `tool_choice`. Throws 400 for all but functions, and for a choice Codex cannot be forced to. */
export function toTools(body: Fields, dialect: ToolDialect): ToolChoice {
  const given = member(body, 'tools');
  const list = isAbsent(given) ? [] : listAt(given, 'tools');
  if (list.length > 0 && !dialect.isAllowed)
    throw unsupported('tools', 'Function tools are switched off here.', dialect.refusalCode);
  const tools = list.map((tool, index) => toTool(fieldsAt(tool, `tools[${index}]`), `tools[${index}]`, dialect));
  const double = tools.find(({ name }, index) => tools.findIndex((tool) => tool.name === name) !== index);
  if (double !== undefined) throw wrongValue('tools', `there are two tools named '${double.name}'.`);
  return { tools, choice: toChoice(member(body, 'tool_choice'), dialect) };
}

function toTool(tool: Fields, at: string, dialect: ToolDialect): FunctionTool {
  const type = optionalText(tool, 'type', `${at}.type`);
  if (type === undefined) throw missing(`${at}.type`);
  if (type !== 'function') {
    throw unsupported(`${at}.type`, `Tools of type '${type}' cannot be run here; functions can.`, dialect.refusalCode);
  }
  const path = dialect.isNested ? `${at}.function` : at;
  const fields = dialect.isNested ? fieldsAt(member(tool, 'function'), path) : tool;
  const name = optionalText(fields, 'name', `${path}.name`);
  if (name === undefined) throw missing(`${path}.name`);
  if (!names.test(name))
    throw invalid('invalid_value', `${path}.name`, `'${path}.name' must be 1 to 64 letters, digits, _ or -.`);
  const description = optionalText(fields, 'description', `${path}.description`) ?? null;
  const parameters = (optionalFields(fields, 'parameters', `${path}.parameters`) as JsonObject | undefined) ?? null;
  const strict = optionalFlag(fields, 'strict', `${path}.strict`) ?? null;
  return {
    name,
    description: description ?? '',
    inputSchema: parameters ?? { type: 'object', properties: {} },
    asked: { description, parameters, strict },
  };
}

function toChoice(choice: unknown, dialect: ToolDialect): 'auto' | 'none' {
  if (isAbsent(choice) || choice === 'auto') return 'auto';
  if (choice === 'none') return 'none';
  if (choice === 'required' || isFields(choice)) {
    throw unsupported(
      'tool_choice',
      'The model cannot be forced to call a tool here; use "auto" or "none".',
      dialect.refusalCode,
    );
  }
  throw wrongValue('tool_choice', "supported are 'auto' and 'none'.");
}
