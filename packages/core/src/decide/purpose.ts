import type { ActorId } from '@threadbridge/contract';

/** What a person asked the world about, kept with the question so that the answer finds its way. */
export type WorkspacePurpose =
  | { readonly type: 'run' }
  | { readonly type: 'alias.use'; readonly name: string; readonly thread: string; readonly by: ActorId }
  | { readonly type: 'thread.use'; readonly thread: string; readonly title: string; readonly by: ActorId }
  | { readonly type: 'workspace.use'; readonly by: ActorId };

/** Why threads were looked for. */
export type ThreadsPurpose =
  | { readonly type: 'list'; readonly by?: ActorId }
  /** The found thread is to be gone on in here. */
  | { readonly type: 'resume'; readonly thread: string; readonly by: ActorId }
  | {
      readonly type: 'alias.add';
      readonly name: string;
      readonly thread: string;
      readonly by: ActorId;
      /** It is gone on in here, too. */
      readonly isUsed?: true;
    };
