import type { Artifact, ScopeId, WorkspacePath } from '@threadbridge/contract';
import type { MadeFile, TakenOut } from '../decide/made-file.ts';
import type { Rules } from '../decide/rules.ts';

/** Whether runs may work in a directory. `path` is its real path, links followed. */
export type WorkspaceVerdict =
  | { readonly allowed: true; readonly path: WorkspacePath }
  /** `reason` is a sentence or two for people and names the path they asked for. */
  | { readonly allowed: false; readonly reason: string };

/** A file on its way in. Its name and its length are what strangers say of it. */
export interface Incoming {
  /** The conversation whose runs may read it. */
  readonly scope: ScopeId;
  readonly name: string | undefined;
  readonly stream: ReadableStream<Uint8Array>;
  readonly maxBytes: number;
  /** Media types that are taken, such as `image/*` or `application/pdf`; judged by the content. */
  readonly types: readonly string[];
  readonly signal: AbortSignal;
}

/** What became of a file on its way in. */
export type TakenIn =
  | {
      readonly isTaken: true;
      readonly file: Artifact;
      /** The directory of all that was taken in for this conversation. */
      readonly folder: string;
    }
  | { readonly isTaken: false; readonly reason: 'size' | 'type' | 'empty'; readonly mediaType?: string };

/** The disk, as far as the core needs it. */
export interface Files {
  /** Follows links and judges what is there, in the words of a language. Never throws: what cannot be read is refused. */
  resolveWorkspace(path: string, language: Rules['language']): Promise<WorkspaceVerdict>;
  /**
   * Keeps what a stream brings, under the hash of its content, and reads no further than allowed. Rejects where the stream breaks, the signal
   * aborts or the disk fails; nothing of it is kept then. The same content again is the same file.
   */
  takeIn(incoming: Incoming): Promise<TakenIn>;
  /**
   * Which of these paths (relative ones are the workspace's) are files made or changed since a moment, epoch ms, and whether each may leave.
   * What is not there, or older, is left out. Never throws.
   */
  findMade(wanted: {
    readonly paths: readonly string[];
    readonly workspace: WorkspacePath;
    readonly since: number;
  }): Promise<readonly MadeFile[]>;
  /**
   * Copies a file to where no run can change it, if it still is, byte for byte, the one that was looked at, and may still leave: what is
   * judged is what is copied. Never throws.
   */
  takeOut(file: { readonly path: string; readonly workspace: WorkspacePath; readonly sha256: string }): Promise<TakenOut>;
  /** Writes a text of ours, such as an answer, to where no run can change it; it is not judged, its reader was to see it. Never throws. */
  keepText(file: { readonly name: string; readonly mediaType: string; readonly text: string }): Promise<TakenOut>;
}
