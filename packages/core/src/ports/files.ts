import type { WorkspacePath } from '@threadbridge/contract';

export type WorkspaceVerdict =
  | { readonly allowed: true; readonly path: WorkspacePath }
  /** `reason` is a sentence for people and names the path they asked for. */
  | { readonly allowed: false; readonly reason: string };

/** The disk, as far as the core needs it. */
export interface Files {
  /** Follows links and judges what is there. Never throws: what cannot be read is refused. */
  resolveWorkspace(path: string): Promise<WorkspaceVerdict>;
}
