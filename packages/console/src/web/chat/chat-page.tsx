import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { chatOf, loadChat, loadEarlier, say } from '../state/chats.ts';
import { texts } from '../texts/texts.ts';
import { Announcer } from './announcer.tsx';
import { ChatList } from './chat-list.tsx';
import { Composer } from './composer.tsx';
import { Item } from './item.tsx';

/** A chat, like on a phone. */
export function ChatPage({ chat }: { readonly chat: string }) {
  const { value: words } = texts;
  const { items, before, isLoaded } = chatOf(chat).value;
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useSignal(true);
  const run = items.findLast((item) => item.type === 'run');
  const isRunning = run?.type === 'run' && run.isOpen;

  useEffect(() => {
    isAtEnd.value = true;
    if (!chatOf(chat).value.isLoaded) void loadChat(chat).catch(() => {});
  }, [chat, isAtEnd]);

  const toEnd = () => {
    const box = scroller.current;
    if (box !== null) box.scrollTop = box.scrollHeight;
  };
  useLayoutEffect(() => {
    if (isAtEnd.value) toEnd();
  }, [items, chat]);

  return (
    <div class="chat">
      <ChatList current={chat} />
      <section class="talk" aria-label={words.chatNamed(chat)}>
        <h1 class="hidden">{words.chatNamed(chat)}</h1>
        <div
          ref={scroller}
          class="messages"
          role="log"
          aria-live="off"
          aria-label={words.messages}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
          tabIndex={0}
          onScroll={(event) => {
            const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
            isAtEnd.value = scrollHeight - scrollTop - clientHeight < 80;
          }}
        >
          <div class="messages-inner">
            {before !== undefined && items.length > 0 && (
              <button type="button" class="quiet" onClick={() => void loadEarlier(chat)}>
                {words.earlier}
              </button>
            )}
            {isLoaded && items.length === 0 && <Welcome chat={chat} />}
            {items.map((item) => (
              <Item key={item.id} chat={chat} item={item} />
            ))}
          </div>
        </div>
        {!isAtEnd.value && (
          <button type="button" class="round to-end" aria-label={words.toBottom} title={words.toBottom} onClick={toEnd}>
            <Icon name="down" />
          </button>
        )}
        <Announcer items={isLoaded ? items : []} />
        <Composer key={chat} chat={chat} isRunning={isRunning} />
      </section>
    </div>
  );
}

function Welcome({ chat }: { readonly chat: string }) {
  const { value: words } = texts;
  return (
    <div class="welcome">
      <h2>{words.emptyTitle}</h2>
      <p>{words.emptyLead}</p>
      <ul>
        {words.emptyIdeas.map((idea) => (
          <li key={idea}>
            <button type="button" class="choice" onClick={() => void say(chat, idea)}>
              {idea}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
