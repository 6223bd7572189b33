import type { ThreadId } from '@threadbridge/contract';
import { type Decision, decision, say } from '../decide/decision.ts';
import { currentThread } from '../policy/current-thread.ts';
import type { CommandContext } from './command.ts';

/** Goes on with the thread that the next message here would go to, or says that there is none yet. */
export function withThread(context: CommandContext, then: (thread: ThreadId) => Decision): Decision {
  const { state, rules, texts, voice, actor } = context;
  const thread = currentThread(state, actor.id, rules)?.thread;
  return thread === undefined ? decision(state, say(voice, texts.noThread())) : then(thread);
}
