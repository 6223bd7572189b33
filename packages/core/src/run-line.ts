import { GatewayError, type ThreadId } from '@threadbridge/contract';

/** Who may work: so many at a time, one on each thread, in the order in which they came. */
export interface RunLine {
  /** Takes the last place. Throws `runner.overloaded`, certain, where nobody more may stand in line. */
  join(thread: ThreadId | undefined): Ticket;
  /** Something is at work on a thread already: it counts, whether there is room or not. */
  hold(thread: ThreadId): Ticket;
}

/** A place in the line, to be left in any case. */
export interface Ticket {
  /** 0: it is this one's turn. */
  readonly place: number;
  readonly for: 'slot' | 'thread';
  /** The thread became known. */
  name(thread: ThreadId): void;
  /** Resolves when places have changed, or with the abort. */
  moved(signal: AbortSignal): Promise<void>;
  leave(): void;
}

interface Entry {
  thread: ThreadId | undefined;
}

export function createRunLine(options: { readonly slots: number; readonly maxWaiting: number }): RunLine {
  const { slots, maxWaiting } = options;
  const waiting: Entry[] = [];
  const working = new Set<Entry>();
  const bells = new Set<() => void>();

  const isTaken = ({ thread }: Entry) => thread !== undefined && Array.from(working).some((other) => other.thread === thread);

  function advance(): void {
    for (const entry of [...waiting]) {
      if (working.size >= slots) break;
      if (isTaken(entry)) continue;
      waiting.splice(waiting.indexOf(entry), 1);
      working.add(entry);
    }
    for (const ring of bells) ring();
  }

  function placeOf(entry: Entry): number {
    const before = waiting.slice(0, waiting.indexOf(entry));
    if (working.has(entry)) return 0;
    return (isTaken(entry) ? before.filter((other) => other.thread === entry.thread) : before).length + 1;
  }

  const ticketOf = (entry: Entry): Ticket => ({
    get place() {
      return placeOf(entry);
    },
    get for() {
      return isTaken(entry) ? 'thread' : 'slot';
    },
    name(known) {
      entry.thread = known;
    },
    moved: (signal) => nextRing(bells, signal),
    leave() {
      if (!working.delete(entry)) waiting.splice(waiting.indexOf(entry), 1);
      advance();
    },
  });

  return {
    join(thread) {
      const entry: Entry = { thread };
      waiting.push(entry);
      advance();
      if (!working.has(entry) && waiting.length > maxWaiting) {
        waiting.splice(waiting.indexOf(entry), 1);
        throw new GatewayError('runner.overloaded', `${maxWaiting} runs already wait for their turn.`, {
          certain: true,
          remedy: 'Ask again when some of them are done.',
        });
      }
      return ticketOf(entry);
    },
    hold(thread) {
      const entry: Entry = { thread };
      working.add(entry);
      return ticketOf(entry);
    },
  };
}

async function nextRing(bells: Set<() => void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  let ring = () => {};
  const rung = new Promise<void>((resolve) => {
    ring = resolve;
  });
  bells.add(ring);
  signal.addEventListener('abort', ring, { once: true });
  await rung;
  bells.delete(ring);
  signal.removeEventListener('abort', ring);
}
