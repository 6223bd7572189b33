import type { LoginStep, OutboundControls, RunView } from '@threadbridge/contract';

/** A file that a message brought. */
export interface ChatFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  /** Where the page fetches it; absent for a file that the person sent. */
  readonly href?: string;
}

/** One thing in a chat, in its latest state. `id` is the same for ever; a later one with that id replaces it. */
export type ChatItem =
  | {
      readonly type: 'mine';
      readonly id: string;
      readonly at: number;
      readonly text: string;
      readonly files: readonly ChatFile[];
    }
  | {
      readonly type: 'said';
      readonly id: string;
      readonly at: number;
      readonly markdown: string;
      readonly title?: string;
      readonly files: readonly ChatFile[];
      /** What may be done with it now. Absent: nothing, or not any more. */
      readonly controls?: OutboundControls;
      /** The label of what was chosen here. */
      readonly chosen?: string;
    }
  | {
      readonly type: 'run';
      readonly id: string;
      readonly at: number;
      readonly view: RunView;
      readonly isOpen: boolean;
      /** What may be done with the run, or after its end. Absent: nothing, or not any more. */
      readonly controls?: OutboundControls;
    };

/** A part of a chat, oldest first. */
export interface ChatPage {
  readonly items: readonly ChatItem[];
  /** For the part before it; absent where there is none. */
  readonly before?: string;
}

/** A chat of the console, for the list of chats. */
export interface ChatSummary {
  readonly chat: string;
  readonly updatedAt: number;
  readonly isBusy: boolean;
  readonly title: string;
}

/** A login that goes on, or how the latest one ended. */
export interface LoginState {
  readonly channel: string;
  readonly step: ConsoleLoginStep;
  readonly isOver: boolean;
}

/** A {@link LoginStep} as the page may see it: without credentials. */
export type ConsoleLoginStep =
  | Exclude<LoginStep, { readonly type: 'complete' }>
  | { readonly type: 'starting' }
  | { readonly type: 'complete'; readonly account?: string };

/** Parts of the gateway of which there is news. */
export type Topic = 'runs' | 'conversations' | 'deliveries' | 'channels';

/** What the page is told without asking. */
export type FeedEvent =
  | { readonly type: 'item'; readonly chat: string; readonly item: ChatItem }
  | { readonly type: 'news'; readonly topics: readonly Topic[] }
  | { readonly type: 'login'; readonly login: LoginState }
  /** What came before is not known here: read everything anew. */
  | { readonly type: 'reset' };

/** What the page learns first. */
export interface Hello {
  readonly language: 'en' | 'zh';
  readonly channel: string;
}
