import type { JsonValue } from './json.ts';

/** A file that came in with a message and has not been fetched yet. */
export interface Attachment {
  readonly kind: 'image' | 'file' | 'audio' | 'video';
  /** As the sender named it; not to be trusted as a path. */
  readonly name?: string;
  readonly sizeBytes?: number;
  /** As the platform says; content decides later. */
  readonly mediaType?: string;
  /** What the platform heard in a voice message. */
  readonly transcript?: string;
  /** What the channel needs to fetch it. */
  readonly ref: JsonValue;
}

/** A file on this computer, going in or out. */
export interface Artifact {
  /** Absolute real path. */
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  /** SHA-256 of the content, lower-case hex. */
  readonly sha256: string;
}
