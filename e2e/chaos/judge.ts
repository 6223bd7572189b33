/** A prompt that a person wrote; its tag is in no other message. */
export interface Said {
  readonly tag: string;
  readonly at: number;
  /** Words put into a run in progress have no answer of their own. */
  readonly isSteer: boolean;
}

/** A message that a person can read. */
export interface Seen {
  readonly text: string;
  readonly at: number;
}

/** What happened in one conversation, as the world outside knows it. */
export interface Record {
  readonly said: readonly Said[];
  readonly seen: readonly Seen[];
  /** The turns in which a prompt reached the model as the newest word of the person, by tag. */
  readonly turns: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface Verdict {
  readonly answered: number;
  /** Not answered, and the person was told that something was cut off or is in doubt. */
  readonly told: number;
  /** Neither answered nor told. */
  readonly lost: readonly string[];
  /** Prompts that started more than one turn. */
  readonly doubledPrompts: readonly string[];
  /** Answers that can be read more than once without a word of doubt about them. */
  readonly doubledReplies: readonly string[];
}

/** Something did not go its way, and the person is told. */
const notice =
  /cut off|did not reach Codex|may or may not have arrived|could not be delivered|It is unknown whether|shut down|Stopped|turn failed|was not taken|dropped and not sent/i;
/** A repeated message would be excused by these words. */
const doubt = /may or may not have arrived|could not be delivered/;

export const replyTo = (tag: string) => `reply-${tag}.`;

/** Holds what people can read against what they wrote. Pure. */
export function judge({ said, seen, turns }: Record): Verdict {
  const plain = seen.filter(({ text }) => !doubt.test(text));
  const countOf = (tag: string) => plain.filter(({ text }) => text.includes(replyTo(tag))).length;
  const prompts = said.filter(({ isSteer }) => !isSteer);
  const notices = seen.filter(({ text }) => notice.test(text)).map(({ at }) => at);
  const lost: string[] = [];
  let told = 0;
  const turnsOf = (tag: string) => [...(turns.get(tag) ?? [])];
  // Words put into a turn are its newest, and the scripted model answers those.
  const steered = new Set(said.filter(({ isSteer }) => isSteer).flatMap(({ tag }) => turnsOf(tag)));
  const isAnswered = (tag: string) => countOf(tag) > 0 || turnsOf(tag).some((turn) => steered.has(turn));
  for (const block of silentBlocks(prompts, isAnswered)) {
    const first = block[0];
    const found = first === undefined ? -1 : notices.findIndex((at) => at >= first.at);
    if (found === -1) lost.push(...block.map(({ tag }) => tag));
    else {
      notices.splice(found, 1);
      told += block.length;
    }
  }
  return {
    answered: prompts.filter(({ tag }) => isAnswered(tag)).length,
    told,
    lost,
    doubledPrompts: said.filter(({ tag }) => (turns.get(tag)?.size ?? 0) > 1).map(({ tag }) => tag),
    doubledReplies: prompts.filter(({ tag }) => countOf(tag) > 1).map(({ tag }) => tag),
  };
}

/** Prompts without an answer, those in a row together: they went into one run, and one word tells of them all. */
function silentBlocks(prompts: readonly Said[], isAnswered: (tag: string) => boolean): readonly (readonly Said[])[] {
  const blocks: Said[][] = [];
  let open: Said[] | undefined;
  for (const prompt of prompts) {
    if (isAnswered(prompt.tag)) open = undefined;
    else if (open !== undefined) open.push(prompt);
    else {
      open = [prompt];
      blocks.push(open);
    }
  }
  return blocks;
}
