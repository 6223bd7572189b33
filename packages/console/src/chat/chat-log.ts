import type { ChatItem } from '../wire.ts';

/** What this process knows of the chats, each item in its latest state and each chat bounded. */
export interface ChatLog {
  put(chat: string, item: ChatItem): void;
  find(chat: string, id: string): ChatItem | undefined;
  /** Oldest first. */
  items(chat: string): readonly ChatItem[];
  /** Items that changed after a place in the order of changes, in that order. */
  changedAfter(place: number): readonly { readonly place: number; readonly chat: string; readonly item: ChatItem }[];
  readonly chats: readonly string[];
}

interface Entry {
  readonly place: number;
  readonly item: ChatItem;
}

/** `nextPlace` counts everything that the page is told, so that items and other news have one order. */
export function createChatLog(options: { readonly nextPlace: () => number; readonly maxItems?: number }): ChatLog {
  const { nextPlace, maxItems = 400 } = options;
  const chats = new Map<string, Map<string, Entry>>();

  const open = (chat: string): Map<string, Entry> => {
    const known = chats.get(chat) ?? new Map<string, Entry>();
    chats.set(chat, known);
    return known;
  };

  return {
    put(chat, item) {
      const known = open(chat);
      known.set(item.id, { place: nextPlace(), item });
      const [oldest] = known.keys();
      if (known.size > maxItems && oldest !== undefined) known.delete(oldest);
    },
    find: (chat, id) => chats.get(chat)?.get(id)?.item,
    items: (chat) => Array.from(chats.get(chat)?.values() ?? [], ({ item }) => item),
    changedAfter: (place) =>
      Array.from(chats, ([chat, known]) => Array.from(known.values(), (entry) => ({ ...entry, chat })))
        .flat()
        .filter((entry) => entry.place > place)
        .sort((a, b) => a.place - b.place),
    get chats() {
      return [...chats.keys()];
    },
  };
}
