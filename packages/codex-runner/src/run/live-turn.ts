import type { Answer, ApprovalId, Clock, GatewayError, Logger, RunEvent, ThreadId, TurnId } from '@threadbridge/contract';
import type { AppServer } from '../app-server/app-server.ts';
import type { ServerNotifications, Turn } from '../app-server/protocol.gen.ts';
import { toAccountLimits } from '../app-server/read-limits.ts';
import { toUserInput } from '../convert/from-run-input.ts';
import { list, seen, text, words } from '../convert/seen.ts';
import { toTerminalEvent } from '../convert/to-terminal-event.ts';
import { toTurnError } from '../convert/to-turn-error.ts';
import { rejected, toGatewayError } from '../errors.ts';
import type { IncomingRequest, RequestId } from '../rpc/connection.ts';
import { deferred, settlesWithin } from '../rpc/deferred.ts';
import { createEventBuffer } from './event-buffer.ts';
import { createOpenApprovals } from './open-approvals.ts';
import { type StallWatch, watchForStall } from './stall-watch.ts';
import { createTurnLog } from './turn-log.ts';

export interface LiveTurnOptions {
  readonly server: AppServer;
  readonly thread: ThreadId;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly turnDeadlineMs: number;
  readonly approvalTimeoutMs?: number | undefined;
}

/** A turn that was asked for. */
export interface BegunTurn {
  readonly turn: TurnId;
  /** For a turn that began before anybody listened: what Codex has of it, as it came, with all items. */
  readonly record?: unknown;
  /** A review runs as a turn of another id inside: `turn/started` names that one, and an interrupt has to, too. */
  readonly hasInnerTurn?: true;
}

/** One turn. Once begun it goes on whether or not its events are read. */
export interface LiveTurn {
  /** Asks Codex for it, once. Rejects with a `runner.` error; then nothing of it is left here. */
  begin(ask: () => Promise<BegunTurn>): Promise<void>;
  /** From its beginning to the terminal event; throws `runner.lost`. One reader. */
  readonly events: AsyncIterable<RunEvent>;
  steer(text: string): Promise<void>;
  /** Resolves when the turn is over, and the commands it left running too. */
  interrupt(): Promise<void>;
  answer(id: ApprovalId, answer: Answer): Promise<void>;
  /** Stops listening; for a turn that is over or never began. */
  leave(): void;
}

/** Time for Codex to end a turn it was told to end; 20 ms are usual. A process that does not is broken. */
const endingMs = 10_000;
/** Time for the last word of a command that was ended together with its turn; 5 ms are usual. */
const lastWordMs = 2_000;
/** Time for a question to the backend that the end of a turn waits for. */
const askMs = 3_000;

export function createLiveTurn(options: LiveTurnOptions): LiveTurn {
  const { server, thread, clock, logger } = options;
  const { client } = server;
  const buffer = createEventBuffer<RunEvent>();
  const log = createTurnLog();
  const started = deferred<void>();
  const ended = deferred<void>();
  const commandsOver = deferred<void>();
  /** What comes before the reply that names the turn. */
  let early: (() => void)[] | undefined = [];
  let turn: TurnId | undefined;
  let hasInnerTurn = false;
  /** What Codex calls the running turn. */
  let active: string | undefined;
  let hasStarted = false;
  let isEnded = false;
  let silentForMs: number | undefined;
  let interrupting: Promise<void> | undefined;
  let watch: StallWatch | undefined;
  /** Items that were told out of the record. */
  const told = new Set<string>();

  const approvals = createOpenApprovals({
    clock,
    timeoutMs: options.approvalTimeoutMs,
    respond: server.respond,
    onRequested: (approval) => buffer.push({ type: 'approval.requested', approval }),
    onClosed: (approval) => buffer.push({ type: 'approval.closed', approval }),
  });

  const receive = (method: string, params: unknown, isOwn: boolean) => {
    const name = method as keyof ServerNotifications;
    if (name !== 'error') watch?.note();
    if (name === 'serverRequest/resolved') {
      return approvals.resolve(seen<ServerNotifications[typeof name]>(params).requestId as RequestId);
    }
    if (!isOwn) return log.note(method, params);
    const its = turnOf(params);
    if (hasInnerTurn && name === 'turn/started' && its !== undefined) active ??= its;
    if (its !== undefined && its !== turn && its !== active) return;
    if (name === 'turn/completed') return void finish(seen<ServerNotifications[typeof name]>(params).turn);
    if (name === 'turn/started') return start();
    if (told.has(`${name} ${itemOf(params)}`)) return;
    for (const event of log.take(method, params)) buffer.push(event);
    if (isEnded && !log.hasOpenCommand()) commandsOver.resolve();
  };

  const start = () => {
    if (turn !== undefined && !hasStarted) buffer.push({ type: 'turn.started', turn });
    hasStarted = true;
    started.resolve();
  };

  /** Tells what happened before anybody listened. */
  const recall = (record: unknown) => {
    const { items, status } = seen<Turn>(record);
    start();
    for (const item of list(items)) {
      const { id, status: itemStatus } = seen<{ id: string; status: string }>(item);
      const isOpen = itemStatus === 'inProgress';
      receive(isOpen ? 'item/started' : 'item/completed', { threadId: thread, turnId: turn, item }, true);
      told.add(`item/started ${words(id)}`);
      if (!isOpen) told.add(`item/completed ${words(id)}`);
    }
    if (status !== 'inProgress') void finish(record);
  };

  const finish = async (value: unknown) => {
    if (isEnded) return;
    isEnded = true;
    watch?.stop();
    log.forget(approvals.closeAll());
    started.resolve();
    if (seen<Turn>(value).status === 'interrupted') await endCommands();
    buffer.push(
      toTerminalEvent(value, {
        turn: turn as TurnId,
        text: log.text(),
        usage: log.usage(),
        resetsAt: await findReset(server, value),
        silentForMs,
      }),
    );
    buffer.end();
    leave();
    ended.resolve();
  };

  /** An interrupt leaves a running command alone; now it counts as one in the background and can be ended. */
  const endCommands = async () => {
    try {
      await client.call('thread/backgroundTerminals/clean', { threadId: thread });
      if (log.hasOpenCommand()) await settlesWithin(clock, commandsOver.promise, lastWordMs);
    } catch (error) {
      logger.warn({ thread, cause: String(error) }, 'could not end the commands of an interrupted turn');
    }
  };

  const onLost = (error: GatewayError) => {
    commandsOver.resolve();
    // Its end was told already; only the cleaning up is cut short.
    if (isEnded) return;
    isEnded = true;
    approvals.letGo();
    buffer.fail(error);
    leave();
    started.resolve();
    ended.resolve();
  };

  const leave = () => {
    unfollow();
    watch?.stop();
  };

  const ask = (request: IncomingRequest, isOwn: boolean): boolean => {
    const its = turnOf(request.params);
    if (isEnded || (isOwn && its !== undefined && its !== turn && its !== active)) return false;
    return approvals.ask(request, log.changesOf);
  };

  const unfollow = server.follow(thread, {
    onNotification(method, params, isOwn) {
      if (early === undefined) receive(method, params, isOwn);
      else early.push(() => receive(method, params, isOwn));
    },
    onRequest(request, isOwn) {
      if (early === undefined) return ask(request, isOwn);
      early.push(() => void ask(request, isOwn));
      return true;
    },
    onLost,
  });

  const endTurn = async () => {
    await settlesWithin(clock, started.promise, endingMs);
    if (turn !== undefined && !isEnded) {
      await client.call('turn/interrupt', { threadId: thread, turnId: active ?? turn }).catch((error: unknown) => {
        if (!isEnded) logger.warn({ thread, turn, cause: String(error) }, 'app-server did not take an interrupt');
      });
    }
    if (!(await settlesWithin(clock, ended.promise, endingMs))) {
      await server.close('Codex did not end a turn it was told to end.');
    }
  };
  const interrupt = () => {
    interrupting ??= endTurn();
    return interrupting;
  };

  return {
    events: buffer.read(),
    async begin(ask) {
      let begun: BegunTurn;
      try {
        begun = await ask();
        turn = begun.turn;
        hasInnerTurn = begun.hasInnerTurn === true;
      } catch (error) {
        leave();
        const reason = toGatewayError(error, 'start the turn');
        // It may run unseen, and the next turn would steer it.
        if (reason.code === 'runner.protocol' && !reason.certain)
          await server.close('Codex did not answer when a turn was asked for.');
        throw reason;
      }
      watch = watchForStall({
        clock,
        deadlineMs: options.turnDeadlineMs,
        isExcused: () => !approvals.isEmpty || log.isWorking(),
        onStall() {
          silentForMs = options.turnDeadlineMs;
          void interrupt();
        },
      });
      const waiting = early ?? [];
      early = undefined;
      if (begun.record !== undefined) recall(begun.record);
      for (const handle of waiting) handle();
    },
    async steer(words) {
      await started.promise;
      if (isEnded || turn === undefined) throw rejected('The turn is over.', 'Send it as a message of its own.');
      try {
        await client.call('turn/steer', { threadId: thread, expectedTurnId: active ?? turn, input: toUserInput(words) });
      } catch (error) {
        throw toGatewayError(error, 'steer the turn');
      }
    },
    interrupt,
    async answer(id, answer) {
      if (approvals.answer(id, answer).endsTurn) await interrupt();
    },
    leave,
  };
}

/** Of the limit a turn ran into. The news of a turn seldom tells it; an account that has limits can be asked. */
async function findReset(server: AppServer, turn: unknown): Promise<number | undefined> {
  const { status, error } = seen<Turn>(turn);
  if (status !== 'failed' || toTurnError(error).kind !== 'usageLimit') return undefined;
  return server.resetsAt() ?? (await askForReset(server));
}

async function askForReset({ client }: AppServer): Promise<number | undefined> {
  try {
    return toAccountLimits(await client.call('account/rateLimits/read', {}, { timeoutMs: askMs })).resetsAt;
  } catch {
    return undefined;
  }
}

function itemOf(params: unknown): string {
  return words(seen<{ id: string }>(seen<{ item: unknown }>(params).item).id);
}

function turnOf(params: unknown): string | undefined {
  const { turnId, turn } = seen<{ turnId: string; turn: Turn }>(params);
  return text(turnId) ?? text(seen<Turn>(turn).id);
}
