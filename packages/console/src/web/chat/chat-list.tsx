import type { ChatSummary } from '../../wire.ts';
import { Icon, Spinner } from '../parts/icon.tsx';
import { language } from '../state/preferences.ts';
import { useResource } from '../state/resource.ts';
import { go, hrefOf } from '../state/route.ts';
import { fromNow } from '../texts/moments.ts';
import { texts } from '../texts/texts.ts';

/** The chats of this page, and the way to a new one. */
export function ChatList({ current }: { readonly current: string }) {
  const { value: words } = texts;
  const { data = [] } = useResource<readonly ChatSummary[]>('chats', 'conversations');
  const chats = data.some(({ chat }) => chat === current)
    ? data
    : [{ chat: current, updatedAt: Date.now(), isBusy: false, title: '' }, ...data];
  return (
    <nav class="chat-list" aria-label={words.chats}>
      <button type="button" onClick={() => go('chat', newName())}>
        <Icon name="plus" />
        <span>{words.newChat}</span>
      </button>
      <ul>
        {chats.map(({ chat, title, updatedAt, isBusy }) => (
          <li key={chat}>
            <a href={hrefOf('chat', chat)} aria-current={chat === current ? 'page' : undefined}>
              <span class="chat-title">{title === '' ? words.chatNamed(chat) : title}</span>
              <span class="faint">{isBusy ? <Spinner /> : fromNow(updatedAt, language.value)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function newName(): string {
  return `chat-${Date.now().toString(36)}`;
}
