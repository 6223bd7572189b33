import { invalid, missing, unsupported, wrongType, wrongValue } from '../api-error.ts';
import { type Fields, fieldsAt, isAbsent, isFields, listAt, member, optionalText, textAt } from './fields.ts';
import { type AnswerPart, type Item, type TextPart, type UserMessage, userText } from './items.ts';
import { toImage } from './to-image.ts';

/** The items of a Responses `input`, as kept; `param` names the field. Throws 400 with the path of what will not do. */
export function toItems(input: unknown, param = 'input'): readonly Item[] {
  if (isAbsent(input)) throw missing(param);
  if (typeof input === 'string') {
    if (input === '') throw invalid('empty_string', param, `'${param}' must not be empty.`);
    return [userText(input)];
  }
  if (!Array.isArray(input)) throw wrongType(param, 'a string or an array');
  if (input.length === 0) throw invalid('empty_array', param, `'${param}' must not be empty.`);
  return input.flatMap((item: unknown, index) => toItem(item, `${param}[${index}]`));
}

function toItem(value: unknown, at: string): readonly Item[] {
  const fields = fieldsAt(value, at);
  const type = member(fields, 'type') ?? (member(fields, 'role') === undefined ? undefined : 'message');
  switch (type) {
    case undefined:
      throw missing(`${at}.type`);
    case 'message':
      return toMessage(fields, at);
    case 'reasoning':
      // The model's own notes cannot be given back to Codex; leaving them out loses no words of either side.
      return [];
    case 'function_call':
      return [
        {
          type: 'function_call',
          call_id: required(fields, 'call_id', at),
          name: required(fields, 'name', at),
          arguments: textAt(member(fields, 'arguments') ?? '{}', `${at}.arguments`),
        },
      ];
    case 'function_call_output':
      return [
        {
          type: 'function_call_output',
          call_id: required(fields, 'call_id', at),
          output: toOutputText(member(fields, 'output'), `${at}.output`),
        },
      ];
    case 'item_reference':
      throw wrongValue(`${at}.id`, 'no stored answer has an item of this id; send the item itself.');
    case 'compaction':
      throw unsupported(`${at}.type`, 'Compaction is not offered here.');
    default:
      if (typeof type !== 'string') throw wrongType(`${at}.type`, 'a string');
      throw wrongValue(`${at}.type`, `items of type '${type}' are not taken here.`);
  }
}

function toMessage(fields: Fields, at: string): readonly Item[] {
  const role = member(fields, 'role');
  const content = member(fields, 'content');
  switch (role) {
    case 'user':
      return [{ type: 'message', role, content: toUserParts(content, `${at}.content`) }];
    case 'system':
    case 'developer':
      // Codex drops system messages in a history without a word.
      return [{ type: 'message', role: 'developer', content: toTextParts(content, `${at}.content`) }];
    case 'assistant': {
      const parts = toAnswerParts(content, `${at}.content`);
      const phase = member(fields, 'phase');
      const isKnown = phase === 'commentary' || phase === 'final_answer';
      return parts.length === 0 ? [] : [{ type: 'message', role, content: parts, ...(isKnown && { phase }) }];
    }
    case undefined:
      throw missing(`${at}.role`);
    default:
      if (typeof role !== 'string') throw wrongType(`${at}.role`, 'a string');
      throw wrongValue(`${at}.role`, "supported are 'user', 'assistant', 'system', 'developer'.");
  }
}

function toUserParts(content: unknown, at: string): UserMessage['content'] {
  if (typeof content === 'string') return [{ type: 'input_text', text: content }];
  return partsOf(content, at).map(([part, path]) => {
    switch (part.type) {
      case 'input_text':
        return { type: 'input_text', text: textAt(member(part, 'text'), `${path}.text`) };
      case 'input_image':
        return toImagePart(part, path);
      default:
        throw unknownPart(part.type, path);
    }
  });
}

function toImagePart(part: Fields, path: string) {
  if (!isAbsent(member(part, 'file_id')))
    throw unsupported(`${path}.file_id`, 'Files cannot be stored here; send the image itself.');
  const url = optionalText(part, 'image_url', `${path}.image_url`);
  if (url === undefined) throw missing(`${path}.image_url`);
  return toImage(url, `${path}.image_url`);
}

function toTextParts(content: unknown, at: string): readonly TextPart[] {
  if (typeof content === 'string') return [{ type: 'input_text', text: content }];
  return partsOf(content, at).map(([part, path]) => {
    if (part.type !== 'input_text') throw unknownPart(part.type, path);
    return { type: 'input_text', text: textAt(member(part, 'text'), `${path}.text`) };
  });
}

function toAnswerParts(content: unknown, at: string): readonly AnswerPart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'output_text', text: content }];
  return partsOf(content, at).map(([part, path]) => {
    switch (part.type) {
      case 'output_text':
        return { type: 'output_text', text: textAt(member(part, 'text'), `${path}.text`) };
      case 'refusal':
        return { type: 'output_text', text: textAt(member(part, 'refusal'), `${path}.refusal`) };
      default:
        throw unknownPart(part.type, path);
    }
  });
}

/** The parts of a content array with their paths. */
export function partsOf(
  content: unknown,
  at: string,
): readonly (readonly [part: Fields & { readonly type: string }, path: string])[] {
  if (isAbsent(content)) throw missing(at);
  if (!Array.isArray(content)) throw wrongType(at, 'a string or an array');
  if (content.length === 0) throw invalid('empty_array', at, `'${at}' must not be empty.`);
  return listAt(content, at).map((value, index) => {
    const path = `${at}[${index}]`;
    const part = fieldsAt(value, path);
    return [{ ...part, type: required(part, 'type', path) }, path] as const;
  });
}

export function unknownPart(type: string, path: string) {
  if (['input_file', 'input_audio', 'file', 'audio'].includes(type)) {
    return unsupported(`${path}.type`, `Codex takes no parts of type '${type}'.`);
  }
  return wrongValue(`${path}.type`, `parts of type '${type}' are not taken here.`);
}

function required(fields: Fields, name: string, at: string): string {
  const value = member(fields, name);
  if (isAbsent(value)) throw missing(`${at}.${name}`);
  const text = textAt(value, `${at}.${name}`);
  if (text === '') throw invalid('empty_string', `${at}.${name}`, `'${at}.${name}' must not be empty.`);
  return text;
}

function toOutputText(output: unknown, at: string): string {
  if (isAbsent(output)) throw missing(at);
  if (typeof output === 'string') return output;
  if (!Array.isArray(output)) throw wrongType(at, 'a string or an array');
  return output
    .map((value: unknown, index) => {
      const path = `${at}[${index}]`;
      const part = isFields(value) ? value : {};
      if (part.type !== 'input_text' && part.type !== 'output_text')
        throw unsupported(`${path}.type`, 'Outputs of tools are text here.');
      return textAt(part.text, `${path}.text`);
    })
    .join('\n');
}
