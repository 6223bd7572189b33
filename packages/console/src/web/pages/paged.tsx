import { useSignal } from '@preact/signals';
import type { Page } from '@threadbridge/contract';
import type { Topic } from '../../wire.ts';
import { get } from '../api.ts';
import { type Resource, useResource } from '../state/resource.ts';
import { texts } from '../texts/texts.ts';

/** A list that is read in parts: the newest part stays new, older ones are added on demand. */
export interface Paged<Entry> {
  readonly first: Resource<Page<Entry>>;
  readonly entries: readonly Entry[];
  readonly before: string | undefined;
  readonly loadMore: () => void;
}

export function usePaged<Entry>(path: string, topic?: Topic): Paged<Entry> {
  const first = useResource<Page<Entry>>(path, topic);
  const older = useSignal<Page<Entry> | undefined>(undefined);
  const before = older.value === undefined ? first.data?.before : older.value.before;
  const loadMore = () => {
    if (before === undefined) return;
    get<Page<Entry>>(`${path}?before=${before}`).then(
      (page) => {
        older.value = { ...page, entries: [...(older.value?.entries ?? []), ...page.entries] };
      },
      () => first.reload(),
    );
  };
  return { first, entries: [...(first.data?.entries ?? []), ...(older.value?.entries ?? [])], before, loadMore };
}

export function MoreButton({ of }: { readonly of: Pick<Paged<unknown>, 'before' | 'loadMore'> }) {
  if (of.before === undefined) return null;
  return (
    <button type="button" class="quiet" onClick={of.loadMore}>
      {texts.value.more}
    </button>
  );
}
