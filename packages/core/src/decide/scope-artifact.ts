import type { RunId, ThreadId, WorkspacePath } from '@threadbridge/contract';
import { isShared } from '../policy/roles.ts';
import type { MadeFile } from './made-file.ts';
import type { RunningPhase, ScopeState } from './scope-state.ts';

/** A file that a run of this conversation made, under the number by which people ask for it. */
export interface ScopeArtifact extends MadeFile {
  readonly id: string;
  readonly run: RunId;
  readonly workspace: WorkspacePath;
  readonly thread?: ThreadId;
  readonly at: number;
}

export interface ScopeArtifacts {
  /** Numbers given so far. */
  readonly count: number;
  /** In the order of their numbers. */
  readonly files: readonly ScopeArtifact[];
}

/** How many are remembered. */
const maxArtifacts = 100;

/** Remembers what a run made. The same file, changed again, keeps its number. In shared places nothing is remembered: nothing leaves there. */
export function rememberMade(state: ScopeState, phase: RunningPhase, made: readonly MadeFile[], at: number): ScopeState {
  if (made.length === 0 || isShared(state.scope)) return state;
  const { count: before = 0, files: known = [] } = state.artifacts ?? {};
  let count = before;
  const files = new Map(known.map((file) => [file.path, file]));
  for (const file of made) {
    const id = files.get(file.path)?.id ?? String(++count);
    const { run, workspace, thread } = phase;
    files.set(file.path, { ...file, id, run, workspace, at, ...(thread !== undefined && { thread }) });
  }
  return { ...state, artifacts: { count, files: [...files.values()].slice(-maxArtifacts) } };
}
