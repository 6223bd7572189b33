import type { ThreadEvent } from '@openai/codex-sdk';
import type { PlanStep, RunEvent, RunItem, TerminalEvent, TurnId, Usage } from '@threadbridge/contract';
import { count, list, seen, text, words } from '../convert/seen.ts';
import { toFinalText } from '../convert/to-final-text.ts';
import { toSdkTurnError } from './to-sdk-failure.ts';
import { toSdkItem } from './to-sdk-item.ts';

/** What one turn has told so far. */
export interface SdkLog {
  /** The events of one more line of `codex exec`, in order. The end is kept for {@link SdkLog.end}. */
  take(line: unknown): readonly RunEvent[];
  /** The thread, once told. */
  thread(): string | undefined;
  readonly hasBegun: boolean;
  /** The end that was told; undefined where none was. */
  end(): TerminalEvent | undefined;
  /** The final answer among what was completed. */
  text(): string;
  /** A command or tool is at work: silence of the model is no wonder. */
  isWorking(): boolean;
}

type EventOf<Type extends ThreadEvent['type']> = Extract<ThreadEvent, { readonly type: Type }>;

/** `turn` is our own: the SDK tells no id of it. */
export function createSdkLog(turn: TurnId): SdkLog {
  const open = new Map<string, RunItem>();
  const done: RunItem[] = [];
  let thread: string | undefined;
  let hasBegun = false;
  let end: TerminalEvent | undefined;
  let plan = '';
  /** An error that may be followed by the end of the turn, which tells it again. */
  let complaint: string | undefined;
  const answer = () => toFinalText(done);

  const takePlan = (value: unknown): readonly RunEvent[] => {
    const steps = list(seen<{ items: unknown }>(value).items).map(toStep);
    const before = plan;
    plan = JSON.stringify(steps);
    return plan === before ? [] : [{ type: 'plan.updated', steps }];
  };

  const takeItem = (type: 'item.started' | 'item.completed', value: unknown): readonly RunEvent[] => {
    const { type: kind, message } = seen<{ type: string; message: string }>(value);
    if (kind === 'todo_list') return takePlan(value);
    if (kind === 'error') return [{ type: 'warning', message: words(message) }];
    const item = toSdkItem(value, type === 'item.started' ? 'inProgress' : 'completed');
    if (type === 'item.started') open.set(item.id, item);
    else {
      open.delete(item.id);
      done.push(item);
    }
    return [{ type, item }];
  };

  const takeEvent = (line: unknown): readonly RunEvent[] => {
    const type = text(seen<ThreadEvent>(line).type) as ThreadEvent['type'] | undefined;
    switch (type) {
      case 'thread.started':
        thread = text(seen<EventOf<typeof type>>(line).thread_id);
        return [];
      case 'turn.started':
        hasBegun = true;
        return [{ type: 'turn.started', turn }];
      case 'item.started':
      case 'item.completed':
        return takeItem(type, seen<EventOf<typeof type>>(line).item);
      case 'item.updated': {
        const { item } = seen<EventOf<typeof type>>(line);
        return seen<{ type: string }>(item).type === 'todo_list' ? takePlan(item) : [];
      }
      case 'turn.completed': {
        const usage = toUsage(seen<EventOf<typeof type>>(line).usage);
        end = { type: 'turn.completed', turn, text: answer(), usage };
        return [{ type: 'usage.updated', usage }];
      }
      case 'turn.failed': {
        const { error } = seen<EventOf<typeof type>>(line);
        const message = text(seen<{ message: string }>(error).message) ?? complaint ?? 'Codex gave no reason.';
        complaint = undefined;
        end = { type: 'turn.failed', turn, text: answer(), error: toSdkTurnError(message) };
        return [];
      }
      case 'error':
        complaint = words(seen<EventOf<typeof type>>(line).message);
        return [];
      default:
        return [];
    }
  };

  return {
    take(line) {
      const before = complaint;
      complaint = undefined;
      if (seen<ThreadEvent>(line).type === 'turn.failed') complaint = before;
      const retrying: readonly RunEvent[] =
        before !== undefined && complaint === undefined ? [{ type: 'turn.retrying', message: before }] : [];
      return [...retrying, ...takeEvent(line)];
    },
    thread: () => thread,
    get hasBegun() {
      return hasBegun;
    },
    end: () =>
      end ??
      (complaint === undefined ? undefined : { type: 'turn.failed', turn, text: answer(), error: toSdkTurnError(complaint) }),
    text: answer,
    isWorking: () => open.size > 0,
  };
}

function toStep(value: unknown): PlanStep {
  const { text: step, completed } = seen<{ text: string; completed: boolean }>(value);
  return { step: words(step), status: completed === true ? 'completed' : 'pending' };
}

/** The sum over the thread; of single requests the SDK tells nothing. */
function toUsage(value: unknown): Usage {
  const usage = seen<EventOf<'turn.completed'>['usage']>(value);
  return {
    total: {
      input: count(usage.input_tokens) ?? 0,
      cachedInput: count(usage.cached_input_tokens) ?? 0,
      output: count(usage.output_tokens) ?? 0,
      reasoning: count(usage.reasoning_output_tokens) ?? 0,
    },
  };
}
