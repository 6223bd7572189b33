import { type Signal, signal } from '@preact/signals';
import type { ChatItem, ChatPage } from '../../wire.ts';
import { get, post } from '../api.ts';

/** A chat as far as it is known here. */
export interface ChatState {
  /** Oldest first. */
  readonly items: readonly ChatItem[];
  readonly before?: string;
  readonly isLoaded: boolean;
}

const empty: ChatState = { items: [], isLoaded: false };
const chats = new Map<string, Signal<ChatState>>();

export function chatOf(chat: string): Signal<ChatState> {
  const known = chats.get(chat) ?? signal(empty);
  chats.set(chat, known);
  return known;
}

export function putItem(chat: string, item: ChatItem): void {
  const state = chatOf(chat);
  const { items } = state.value;
  const at = items.findIndex((known) => known.id === item.id);
  state.value = { ...state.value, items: at === -1 ? [...items, item] : items.with(at, item) };
}

/** Reads the newest part of a chat. */
export async function loadChat(chat: string): Promise<void> {
  const page = await get<ChatPage>(`chats/${chat}`);
  const state = chatOf(chat);
  const known = new Map(state.value.items.map((item) => [item.id, item]));
  // What the feed told meanwhile is newer than what was read.
  const items = page.items.map((item) => known.get(item.id) ?? item);
  const read = new Set(items.map(({ id }) => id));
  const others = state.value.isLoaded ? [] : state.value.items.filter(({ id }) => !read.has(id));
  state.value = { items: [...items, ...others], isLoaded: true, ...(page.before !== undefined && { before: page.before }) };
}

/** Reads the part before what is known. */
export async function loadEarlier(chat: string): Promise<void> {
  const state = chatOf(chat);
  const { before } = state.value;
  if (before === undefined) return;
  const page = await get<ChatPage>(`chats/${chat}?before=${before}`);
  const known = new Set(state.value.items.map(({ id }) => id));
  // An end that still offers something is known before what came after it.
  const items = [...page.items.filter(({ id }) => !known.has(id)), ...state.value.items].sort((a, b) => a.at - b.at);
  state.value = { items, isLoaded: true, ...(page.before !== undefined && { before: page.before }) };
}

/** Everything is read anew, now where it is shown and later elsewhere. */
export function resetChats(): void {
  for (const [chat, state] of chats) {
    const wasLoaded = state.value.isLoaded;
    state.value = { items: [], isLoaded: false };
    if (wasLoaded) void loadChat(chat).catch(() => {});
  }
}

/** Says something in a chat. It may be called again with the same id. */
export async function say(
  chat: string,
  text: string,
  files: readonly string[] = [],
  id: string = crypto.randomUUID(),
): Promise<void> {
  await post(`chats/${chat}/messages`, { id, text, files });
}

export async function press(chat: string, token: string, values?: Readonly<Record<string, string>>): Promise<void> {
  await post(`chats/${chat}/actions`, { id: crypto.randomUUID(), token, ...(values && { values }) });
}
