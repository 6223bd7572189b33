import { invalid, missing, unsupported, wrongType, wrongValue } from '../api-error.ts';
import { type Fields, fieldsAt, isAbsent, member, optionalList, optionalText, textAt } from './fields.ts';
import { assistantText, type FunctionCall, type Item, type TextPart, type UserMessage } from './items.ts';
import { toImage } from './to-image.ts';
import { partsOf, unknownPart } from './to-items.ts';

/** The `messages` of a chat request as items. Throws 400 with the path of what will not do. */
export function toMessages(value: unknown): readonly Item[] {
  if (isAbsent(value)) throw missing('messages');
  if (!Array.isArray(value)) throw wrongType('messages', 'an array');
  if (value.length === 0) throw invalid('empty_array', 'messages', "'messages' must not be empty.");
  return value.flatMap((message: unknown, index) => toMessage(fieldsAt(message, `messages[${index}]`), `messages[${index}]`));
}

function toMessage(message: Fields, at: string): readonly Item[] {
  const role = member(message, 'role');
  const content = member(message, 'content');
  switch (role) {
    case 'user':
      return [{ type: 'message', role, content: toUserParts(content, `${at}.content`) }];
    case 'system':
    case 'developer':
      return [{ type: 'message', role: 'developer', content: toTextParts(content, `${at}.content`) }];
    case 'assistant':
      return toAssistant(message, at);
    case 'tool': {
      const call = optionalText(message, 'tool_call_id', `${at}.tool_call_id`);
      if (call === undefined) throw missing(`${at}.tool_call_id`);
      return [{ type: 'function_call_output', call_id: call, output: joined(toTextParts(content, `${at}.content`)) }];
    }
    case 'function':
      throw unsupported(`${at}.role`, "Use messages of role 'tool'.", 'unsupported_chat_completions_feature');
    case undefined:
      throw missing(`${at}.role`);
    default:
      if (typeof role !== 'string') throw wrongType(`${at}.role`, 'a string');
      throw wrongValue(`${at}.role`, "supported are 'system', 'developer', 'user', 'assistant', 'tool'.");
  }
}

function toAssistant(message: Fields, at: string): readonly Item[] {
  const content = member(message, 'content');
  const calls = optionalList(message, 'tool_calls', `${at}.tool_calls`) ?? [];
  if (!isAbsent(member(message, 'function_call'))) {
    throw unsupported(`${at}.function_call`, "Use 'tool_calls'.", 'unsupported_chat_completions_feature');
  }
  const refused = optionalText(message, 'refusal', `${at}.refusal`);
  if (isAbsent(content) && calls.length === 0 && refused === undefined) throw missing(`${at}.content`);
  const text = isAbsent(content) ? (refused ?? '') : joined(toAnswerParts(content, `${at}.content`));
  return [
    ...(text === '' ? [] : [assistantText(text)]),
    ...calls.map((call, index) => toCall(fieldsAt(call, `${at}.tool_calls[${index}]`), `${at}.tool_calls[${index}]`)),
  ];
}

function toCall(call: Fields, at: string): FunctionCall {
  const id = optionalText(call, 'id', `${at}.id`);
  if (id === undefined) throw missing(`${at}.id`);
  const type = member(call, 'type') ?? 'function';
  if (type !== 'function') throw wrongValue(`${at}.type`, "supported is 'function'.");
  const called = fieldsAt(member(call, 'function'), `${at}.function`);
  return {
    type: 'function_call',
    call_id: id,
    name: textAt(member(called, 'name'), `${at}.function.name`),
    arguments: textAt(member(called, 'arguments') ?? '{}', `${at}.function.arguments`),
  };
}

function toUserParts(content: unknown, at: string): UserMessage['content'] {
  if (typeof content === 'string') return [{ type: 'input_text', text: content }];
  return partsOf(content, at).map(([part, path]) => {
    switch (part.type) {
      case 'text':
        return { type: 'input_text', text: textAt(member(part, 'text'), `${path}.text`) };
      case 'image_url': {
        const image = fieldsAt(member(part, 'image_url'), `${path}.image_url`);
        return toImage(textAt(member(image, 'url'), `${path}.image_url.url`), `${path}.image_url.url`);
      }
      default:
        throw unknownPart(part.type, path);
    }
  });
}

function toTextParts(content: unknown, at: string): readonly TextPart[] {
  if (typeof content === 'string') return [{ type: 'input_text', text: content }];
  return partsOf(content, at).map(([part, path]) => {
    if (part.type !== 'text') throw unknownPart(part.type, path);
    return { type: 'input_text', text: textAt(member(part, 'text'), `${path}.text`) };
  });
}

function toAnswerParts(content: unknown, at: string): readonly { readonly text: string }[] {
  if (typeof content === 'string') return [{ text: content }];
  return partsOf(content, at).map(([part, path]) => {
    switch (part.type) {
      case 'text':
        return { text: textAt(member(part, 'text'), `${path}.text`) };
      case 'refusal':
        return { text: textAt(member(part, 'refusal'), `${path}.refusal`) };
      default:
        throw unknownPart(part.type, path);
    }
  });
}

function joined(parts: readonly { readonly text: string }[]): string {
  return parts.map(({ text }) => text).join('');
}
