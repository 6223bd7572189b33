import type { RunId, ThreadId, WorkspacePath } from '@threadbridge/contract';
import { isShared } from '../policy/roles.ts';
import type { MadeFile } from './made-file.ts';
import type { RunningPhase } from './phase.ts';
import type { ScopeState } from './scope-state.ts';

/** A file that a run of this conversation made, under the number by which people ask for it. */
export interface ScopeArtifact extends MadeFile {
  readonly id: string;
  readonly run: RunId;
  readonly workspace: WorkspacePath;
  readonly thread?: ThreadId;
  readonly at: number;
  /** An answer that was too long for messages, whole. Its path is its name: it is in no workspace. */
  readonly text?: string;
}

/** The words of an answer, their length in UTF-8, and when it was given. */
export type Answer = Required<Pick<ScopeArtifact, 'text' | 'sizeBytes' | 'at'>>;

export interface ScopeArtifacts {
  /** Numbers given so far. */
  readonly count: number;
  /** In the order of their numbers. */
  readonly files: readonly ScopeArtifact[];
}

/** How many are remembered. */
const maxArtifacts = 100;
/** Of how many answers the words are remembered: they are stored with the conversation. */
const maxTexts = 3;

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

/** Remembers an answer as a file of its run. Of older ones only the name stays. */
export function rememberAnswer(state: ScopeState, phase: RunningPhase, answer: Answer): ScopeState {
  const { count: before = 0, files: known = [] } = state.artifacts ?? {};
  const { run, workspace, thread } = phase;
  const name = `answer-${state.runs}.md`;
  const file: ScopeArtifact = {
    ...{ id: answerId(state), path: name, name, mediaType: 'text/markdown', sha256: '', run, workspace },
    ...answer,
    ...(thread !== undefined && { thread }),
  };
  const files = [...known, file].slice(-maxArtifacts);
  const old = files.filter(({ text }) => text !== undefined).slice(0, -maxTexts);
  return { ...state, artifacts: { count: before + 1, files: files.map((one) => (old.includes(one) ? withoutText(one) : one)) } };
}

/** The number that the next answer is remembered under. */
export function answerId({ artifacts }: ScopeState): string {
  return String((artifacts?.count ?? 0) + 1);
}

function withoutText({ text: _text, ...file }: ScopeArtifact): ScopeArtifact {
  return { ...file, mediaType: '', blocked: 'gone' };
}
