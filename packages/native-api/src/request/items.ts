/** Conversation items as they are kept and given to Codex: Responses items, reduced to what carries meaning. */
export type TextPart = { readonly type: 'input_text'; readonly text: string };
export type ImagePart = { readonly type: 'input_image'; readonly image_url: string };
export type AnswerPart = { readonly type: 'output_text'; readonly text: string };

export type UserMessage = {
  readonly type: 'message';
  readonly role: 'user';
  readonly content: readonly (TextPart | ImagePart)[];
};
export type DeveloperMessage = { readonly type: 'message'; readonly role: 'developer'; readonly content: readonly TextPart[] };
export type AssistantMessage = {
  readonly type: 'message';
  readonly role: 'assistant';
  readonly content: readonly AnswerPart[];
  readonly phase?: 'commentary' | 'final_answer';
};
export type FunctionCall = {
  readonly type: 'function_call';
  readonly call_id: string;
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
};
export type FunctionCallOutput = { readonly type: 'function_call_output'; readonly call_id: string; readonly output: string };

export type Item = UserMessage | DeveloperMessage | AssistantMessage | FunctionCall | FunctionCallOutput;

export function userText(text: string): UserMessage {
  return { type: 'message', role: 'user', content: [{ type: 'input_text', text }] };
}

export function assistantText(text: string, phase?: AssistantMessage['phase']): AssistantMessage {
  return { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }], ...(phase && { phase }) };
}
