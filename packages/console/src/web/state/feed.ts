import { type Signal, signal } from '@preact/signals';
import type { FeedEvent, LoginState, Topic } from '../../wire.ts';
import { putItem, resetChats } from './chats.ts';
import { checkSession } from './session.ts';

/** Grows with all news of a topic. */
export const news: Readonly<Record<Topic, Signal<number>>> = {
  runs: signal(0),
  conversations: signal(0),
  deliveries: signal(0),
  channels: signal(0),
};

export const logins = signal<ReadonlyMap<string, LoginState>>(new Map());
export const isConnected = signal(true);

let source: EventSource | undefined;

/** Listens to what happens; after a break it goes on where it stopped. */
export function openFeed(): void {
  source?.close();
  source = new EventSource('api/feed');
  source.onopen = () => {
    isConnected.value = true;
  };
  source.onmessage = ({ data }: MessageEvent<string>) => take(JSON.parse(data) as FeedEvent);
  source.onerror = () => {
    isConnected.value = false;
    // The browser tries again by itself, except where it was refused.
    if (source?.readyState === EventSource.CLOSED) setTimeout(() => void checkSession().then(reopen), 2_000);
  };
}

export function closeFeed(): void {
  source?.close();
  source = undefined;
}

function reopen(): void {
  if (source !== undefined) openFeed();
}

function take(event: FeedEvent): void {
  switch (event.type) {
    case 'item':
      putItem(event.chat, event.item);
      break;
    case 'news':
      for (const topic of event.topics) news[topic].value += 1;
      break;
    case 'login':
      logins.value = new Map(logins.value).set(event.login.channel, event.login);
      break;
    case 'reset':
      resetChats();
      for (const topic of Object.values(news)) topic.value += 1;
      break;
  }
}
