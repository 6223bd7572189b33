/** A prompt that a person wrote; its tag is in no other message. */
export interface Said {
  readonly tag: string;
  /** Epoch ms. */
  readonly at: number;
  /** Words for the run in progress. */
  readonly isSteer: boolean;
}

/** A message that a person can read now. */
export interface Seen {
  readonly id: string;
  readonly text: string;
  /** When it came, epoch ms. */
  readonly at: number;
  /** When it became what it is now, epoch ms: a card changes. */
  readonly changedAt: number;
}

/** A turn that reached the model, with the tags that people wrote into it. */
export interface Turn {
  readonly id: string;
  /** When it first reached it, epoch ms. */
  readonly at: number;
  readonly tags: readonly string[];
}

/** What happened in one conversation, as the world outside knows it. */
export interface Ledger {
  readonly name: string;
  readonly said: readonly Said[];
  /** In the order of the conversation. */
  readonly seen: readonly Seen[];
  /** In the order in which they reached the model. */
  readonly turns: readonly Turn[];
}
