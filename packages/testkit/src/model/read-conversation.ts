import { stepOfCallId } from './call-id.ts';
import { isObject, type JsonObject, stringField } from './json.ts';
import type { ModelRequest, ToolOutput } from './model-request.ts';
import { readTools } from './offered-tools.ts';

/** The part of a request that is read from its body. */
export type Conversation = Pick<
  ModelRequest,
  'model' | 'threadId' | 'userTexts' | 'lastUserText' | 'lastUserPictures' | 'tools' | 'outputs' | 'stepIndex' | 'purpose'
>;

/** Reads the conversation from a Responses request body; anything unreadable counts as absent. */
export function readConversation(body: unknown, readPrompt: (text: string) => string = (text) => text): Conversation {
  const items = isObject(body) && Array.isArray(body.input) ? body.input.filter(isObject) : inputText(body);
  const prompts = items.flatMap((item, at) => {
    const prompt = toPrompt(item);
    return prompt ? [{ at, text: readPrompt(prompt.text), pictures: prompt.pictures }] : [];
  });
  const last = prompts.at(-1);
  const outputs = items.slice((last?.at ?? -1) + 1).flatMap((item) => toOutput(item));
  const steps = outputs.map((output) => (stepOfCallId(output.callId) ?? -1) + 1);
  return {
    model: stringField(body, 'model'),
    threadId: isObject(body) ? stringField(body.client_metadata, 'thread_id', stringField(body, 'prompt_cache_key')) : '',
    userTexts: prompts.map((prompt) => prompt.text),
    lastUserText: last?.text ?? '',
    lastUserPictures: last?.pictures ?? 0,
    tools: readTools(body),
    outputs,
    stepIndex: Math.max(0, ...steps),
    purpose: readPurpose(body, items),
  };
}

function inputText(body: unknown): readonly JsonObject[] {
  const input = stringField(body, 'input');
  return input === '' ? [] : [{ type: 'message', role: 'user', content: input }];
}

/**
 * What Codex puts into the history in the user's name: where it runs, project instructions, markers of interrupted turns,
 * shell commands of the user, the request for a summary and the summary (seen with 0.169). It is no prompt.
 */
const addedByCodex = new RegExp(
  [
    '^\\s*<(environment_context|user_instructions|turn_aborted|user_shell_command|subagent_notification|skill|hook_prompt|goal_context)[\\s>]',
    '^# AGENTS\\.md instructions',
    '^You are performing a CONTEXT CHECKPOINT COMPACTION',
    '^Another language model started to solve this problem and produced a summary',
  ].join('|'),
);

/** Codex frames each local picture of a prompt with these lines. */
const pictureFrame = /^<\/?image\b[^>]*>$/;

function toPrompt(item: JsonObject): { readonly text: string; readonly pictures: number } | undefined {
  if (item.role !== 'user' || (item.type !== undefined && item.type !== 'message')) return undefined;
  const parts = Array.isArray(item.content) ? item.content.filter(isObject) : [];
  const texts = typeof item.content === 'string' ? [item.content] : textParts(parts);
  const own = texts.filter((text) => !addedByCodex.test(text));
  if (own.length === 0 && texts.length > 0) return undefined;
  return {
    text: own.filter((text) => !pictureFrame.test(text)).join('\n'),
    pictures: parts.filter((part) => part.type === 'input_image').length,
  };
}

function textParts(content: unknown): readonly string[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap((part) => (isObject(part) && typeof part.text === 'string' ? [part.text] : []));
}

function toOutput(item: JsonObject): readonly ToolOutput[] {
  if (item.type !== 'function_call_output' && item.type !== 'custom_tool_call_output') return [];
  const callId = stringField(item, 'call_id');
  if (stepOfCallId(callId) === undefined) return [];
  const text = typeof item.output === 'string' ? item.output : textParts(item.output).join('\n');
  return [{ callId, text }];
}

/** Codex names the reason for a request in the header-like JSON text `x-codex-turn-metadata` (seen with 0.169). */
function readPurpose(body: unknown, items: readonly JsonObject[]): ModelRequest['purpose'] {
  if (items.some((item) => item.type === 'compaction_trigger')) return 'compaction';
  const metadata = stringField(isObject(body) ? body.client_metadata : undefined, 'x-codex-turn-metadata');
  const kind = /"request_kind"\s*:\s*"([^"]*)"/.exec(metadata)?.[1];
  if (kind === undefined || kind === 'turn') return 'turn';
  return kind.includes('compact') ? 'compaction' : 'other';
}
