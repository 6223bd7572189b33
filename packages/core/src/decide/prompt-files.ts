import type { Artifact, Attachment, MessageReceived } from '@threadbridge/contract';
import type { Prompt } from './prompt.ts';

/** Why a file was not taken. `late`: it took too long to come; `failed`: the platform did not give it, or it could not be kept. */
export type FileRefusal = 'count' | 'size' | 'total' | 'type' | 'empty' | 'late' | 'failed';

/** A file that came with a message and was not taken. */
export interface RefusedFile {
  /** As the sender named it, or its kind. */
  readonly name: string;
  readonly reason: FileRefusal;
  /** What its content is, where that is why. */
  readonly mediaType?: string;
}

/** The files of a message that waits for a run. A run begins when none of them is on its way any more. */
export type PromptFiles =
  | { readonly state: 'fetching' }
  | { readonly state: 'here'; readonly taken: readonly Artifact[]; readonly refused: readonly RefusedFile[] };

/** The files of a message that have to be fetched. What a voice message says is known already. */
export function toFetch(event: MessageReceived): readonly Attachment[] {
  return event.attachments.filter((one) => one.transcript === undefined);
}

/** What the voice messages of a message say, but for one that is only quoted. */
export function spokenIn(event: MessageReceived): readonly string[] {
  return event.attachments.flatMap(({ transcript }) =>
    transcript === undefined || transcript === event.quote?.text ? [] : [transcript],
  );
}

export function isFetching(prompt: Prompt): boolean {
  return prompt.files?.state === 'fetching';
}

/** The files that are there, of all these messages. */
export function takenFiles(prompts: readonly Prompt[]): readonly Artifact[] {
  return prompts.flatMap(({ files }) => (files?.state === 'here' ? files.taken : []));
}

const images: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Whether the model can be shown it. Other files it reads by their path. */
export function isPicture(file: Artifact): boolean {
  return images.has(file.mediaType);
}
