import type { Artifact } from '@threadbridge/contract';

/** Why a file does not leave. `linked`: it has other names, which may be elsewhere. `changed`: it is not any more what was looked at. */
export type FileBlock =
  | 'outside'
  | 'notRegular'
  | 'linked'
  | 'size'
  | 'empty'
  | 'name'
  | 'content'
  | 'unreadable'
  | 'changed'
  | 'gone';

/** A file that a run made or changed. */
export interface MadeFile {
  /** Absolute; the real path of what may leave. */
  readonly path: string;
  /** Inside of its workspace, for people. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Empty where it may not leave. */
  readonly mediaType: string;
  /** Of the content that was looked at; empty where it may not leave. */
  readonly sha256: string;
  /** Absent: it may leave. */
  readonly blocked?: FileBlock;
}

/** What became of a file that is to be given out: a copy of what was checked, or why not. */
export type TakenOut =
  | { readonly isTaken: true; readonly file: Artifact }
  | { readonly isTaken: false; readonly reason: FileBlock };
