import { isObject } from './json.ts';

/** A tool as the request offers it. */
export interface OfferedTool {
  readonly name: string;
  readonly namespace?: string;
  /** `custom` tools take free text, `function` tools JSON. */
  readonly kind: 'function' | 'custom';
  readonly description: string;
  /** Names of its parameters; empty for custom tools. */
  readonly parameters: readonly string[];
}

/** The tools of one request. */
export interface OfferedTools {
  readonly all: readonly OfferedTool[];
  /** True when tools are called from a script given to the `exec` tool ("code mode"). */
  readonly codeMode: boolean;
  find(name: string, namespace?: string): OfferedTool | undefined;
}

/**
 * Reads what the request offers. Codex 0.169 sends direct tools in `tools`, and those of code-mode models in an input item
 * `additional_tools`, grouped in namespaces.
 */
export function readTools(body: unknown): OfferedTools {
  const input = isObject(body) && Array.isArray(body.input) ? body.input : [];
  const listed = isObject(body) && Array.isArray(body.tools) ? body.tools : [];
  const added = input.flatMap((item) => (isObject(item) && Array.isArray(item.tools) ? item.tools : []));
  const all = [...listed, ...added].flatMap((tool) => toTools(tool));
  const find = (name: string, namespace?: string) =>
    all.find((tool) => tool.name === name && (namespace === undefined || tool.namespace === namespace));
  return { all, find, codeMode: find('exec')?.kind === 'custom' };
}

function toTools(tool: unknown, namespace?: string): readonly OfferedTool[] {
  if (!isObject(tool) || typeof tool.name !== 'string') return [];
  if (tool.type === 'namespace') {
    const name = tool.name;
    return Array.isArray(tool.tools) ? tool.tools.flatMap((inner) => toTools(inner, name)) : [];
  }
  if (tool.type !== 'function' && tool.type !== 'custom') return [];
  const properties = isObject(tool.parameters) && isObject(tool.parameters.properties) ? tool.parameters.properties : {};
  return [
    {
      name: tool.name,
      ...(namespace === undefined ? {} : { namespace }),
      kind: tool.type,
      description: typeof tool.description === 'string' ? tool.description : '',
      parameters: Object.keys(properties),
    },
  ];
}
