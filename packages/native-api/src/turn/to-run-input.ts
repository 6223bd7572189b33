import type { JsonValue, RunInput, WorkspacePath } from '@threadbridge/contract';
import { ApiError } from '../api-error.ts';
import type { ImagePart, Item } from '../request/items.ts';
import type { TurnRequest } from '../request/turn-request.ts';
import { toCodexName } from './codex-name.ts';
import { isolation } from './isolation.ts';

/** What Codex takes as the input of one turn. Injected history has no such limit. */
const longestPrompt = 1_048_576;

/** A request as a run of its own thread: ephemeral, read-only, asking nobody. The caller chooses none of that. */
export function toRunInput(request: TurnRequest, workspace: WorkspacePath): RunInput {
  const { prompt, images, history } = splitPrompt(request.items);
  const { model, effort, summary, verbosity, instructions, format, tools } = request;
  return {
    prompt,
    workspace,
    sandbox: 'read-only',
    approvals: 'never',
    ephemeral: true,
    environment: 'none',
    config: verbosity === undefined ? isolation : { ...isolation, model_verbosity: verbosity },
    ...(images.length > 0 && { images }),
    ...(history.length > 0 && { history: history.map(toHistory) as readonly JsonValue[] }),
    ...(model !== undefined && { model }),
    ...(effort !== undefined && { effort }),
    ...(summary !== undefined && { summary }),
    ...(instructions !== undefined && instructions !== '' && { instructions }),
    ...(format && { outputSchema: format.strictSchema }),
    ...(tools.length > 0 && {
      usage: 'early' as const,
      tools: tools.map(({ name, description, inputSchema }) => ({ name: toCodexName(name), description, inputSchema })),
    }),
  };
}

/**
 * The last user message is what the turn is asked, where it is one text and pictures behind it. Any other end (several texts, a tool's
 * output, instructions alone) goes into the history as it is, and the turn is asked to answer that.
 */
function splitPrompt(items: readonly Item[]): {
  readonly prompt: string;
  readonly images: readonly string[];
  readonly history: readonly Item[];
} {
  const last = items.at(-1);
  if (last?.type === 'message' && last.role === 'user') {
    const [first, ...rest] = last.content;
    const isPlain = first?.type === 'input_text' && first.text !== '' && rest.every(({ type }) => type === 'input_image');
    if (isPlain) {
      if (first.text.length > longestPrompt) throw tooLarge(first.text.length);
      const images = rest.filter((part): part is ImagePart => part.type === 'input_image').map(({ image_url: url }) => url);
      return { prompt: first.text, images, history: items.slice(0, -1) };
    }
  }
  return { prompt: '', images: [], history: items };
}

function toHistory(item: Item): Item {
  return item.type === 'function_call' ? { ...item, name: toCodexName(item.name) } : item;
}

function tooLarge(length: number): ApiError {
  return new ApiError(
    400,
    'invalid_request_error',
    'input_too_large',
    `The last user message has ${length} characters; Codex takes ${longestPrompt}.`,
    { param: 'input' },
  );
}
