import { useSignal } from '@preact/signals';
import type { ThreadPage } from '@threadbridge/contract';
import { Badge, Nothing } from '../parts/panel.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { language } from '../state/preferences.ts';
import { useResource } from '../state/resource.ts';
import { hrefOf } from '../state/route.ts';
import { fromNow } from '../texts/moments.ts';
import { texts } from '../texts/texts.ts';

/** Threads that Codex keeps, wherever they were made. */
export function ThreadsPage() {
  const { value: words } = texts;
  const search = useSignal('');
  const query = new URLSearchParams(search.value.trim() === '' ? {} : { search: search.value.trim() });
  const page = useResource<ThreadPage>(`threads?${query}`, 'conversations');
  return (
    <div class="page">
      <h1>{words.nav.threads}</h1>
      <SearchField text={search} label={words.threadsSearch} />
      <Trouble of={page} />
      {page.data?.threads.length === 0 && <Nothing>{words.threadsNone}</Nothing>}
      <ul class="rows panel">
        {page.data?.threads.map((thread) => (
          <li key={thread.id}>
            <a class="row flat" href={hrefOf('threads', thread.id)}>
              <span class="row-main">
                <span class="row-title">{thread.title || thread.id}</span>
                <span class="row-text faint">
                  <code>{thread.cwd}</code>
                </span>
              </span>
              <span class="row-end">
                {thread.isActive ? (
                  <Badge tone="busy">{words.threadActive}</Badge>
                ) : (
                  <Badge tone="calm">{thread.madeBy ?? thread.source}</Badge>
                )}
                <span class="faint">{fromNow(thread.updatedAt, language.value)}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
