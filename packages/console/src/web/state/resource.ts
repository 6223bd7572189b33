import { useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import type { Topic } from '../../wire.ts';
import { get, RequestFailed } from '../api.ts';
import { news } from './feed.ts';

/** Something read from the server. */
export interface Resource<T> {
  readonly data: T | undefined;
  /** Why it could not be read. */
  readonly problem: string | undefined;
  readonly reload: () => void;
}

/** Reads something when it is first shown, and again whenever there is news of it. */
export function useResource<T>(path: string, topic?: Topic): Resource<T> {
  const data = useSignal<T | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const asked = useSignal(0);
  const version = topic === undefined ? 0 : news[topic].value;
  useEffect(() => {
    const leaving = new AbortController();
    get<T>(path, leaving.signal).then(
      (read) => {
        if (leaving.signal.aborted) return;
        data.value = read;
        problem.value = undefined;
      },
      (error: unknown) => {
        if (!leaving.signal.aborted) problem.value = error instanceof RequestFailed ? error.message : String(error);
      },
    );
    return () => leaving.abort();
  }, [path, version, asked.value]);
  const reload = useCallback(() => {
    asked.value += 1;
  }, [asked]);
  return { data: data.value, problem: problem.value, reload };
}
