import { explain, type Logger, type LoginStep } from '@threadbridge/contract';
import type { ConsoleLoginStep, LoginState } from './wire.ts';

/** Logging accounts in, as the gateway does it. */
export interface ConsoleAccounts {
  /** Ends as a {@link LoginStep} sequence does; stores what it got. `account`: who it is, for people. */
  login(
    channel: string,
    options: {
      readonly signal: AbortSignal;
      readonly readCode: (question: { readonly isWrong: boolean; readonly signal: AbortSignal }) => Promise<string>;
    },
  ): AsyncIterable<Exclude<LoginStep, { readonly type: 'complete' }> | { readonly type: 'complete'; readonly account?: string }>;
}

/** The logins that go on, one a channel. */
export interface Logins {
  /** Begins anew; a login of the channel that goes on is called off. */
  start(channel: string): void;
  /** The number that the phone shows. False: nobody asks for one. */
  giveCode(channel: string, code: string): boolean;
  stop(channel: string): void;
  stopAll(): void;
  readonly current: readonly LoginState[];
}

interface Session {
  readonly stopping: AbortController;
  state: LoginState;
  answer?: (code: string) => void;
}

export function createLogins(options: {
  readonly accounts: ConsoleAccounts;
  readonly logger: Logger;
  readonly onState: (state: LoginState) => void;
}): Logins {
  const { accounts, logger, onState } = options;
  const sessions = new Map<string, Session>();

  const show = (session: Session, step: ConsoleLoginStep, isOver: boolean) => {
    session.state = { ...session.state, step, isOver };
    onState(session.state);
  };

  async function follow(channel: string, session: Session): Promise<void> {
    const { signal } = session.stopping;
    const readCode = (question: { readonly isWrong: boolean; readonly signal: AbortSignal }) =>
      new Promise<string>((resolve, reject) => {
        session.answer = resolve;
        question.signal.addEventListener('abort', () => reject(question.signal.reason), { once: true });
        show(session, { type: 'code.wanted', isWrong: question.isWrong }, false);
      });
    let last: ConsoleLoginStep = { type: 'starting' };
    try {
      for await (const step of accounts.login(channel, { signal, readCode })) {
        last = step;
        show(session, step, isEnd(step));
      }
      if (!isEnd(last) && sessions.get(channel) === session) show(session, calledOff, true);
    } catch (error) {
      if (signal.aborted) return;
      logger.warn({ channel, error: String(error) }, 'a login from the console failed');
      show(session, { type: 'failed', reason: 'refused', message: explain(error) }, true);
    }
  }

  const stop = (channel: string) => {
    const session = sessions.get(channel);
    if (session === undefined) return;
    sessions.delete(channel);
    session.stopping.abort();
    if (!session.state.isOver) onState({ ...session.state, step: calledOff, isOver: true });
  };

  return {
    start(channel) {
      stop(channel);
      const session: Session = { stopping: new AbortController(), state: { channel, step: { type: 'starting' }, isOver: false } };
      sessions.set(channel, session);
      onState(session.state);
      void follow(channel, session);
    },
    giveCode(channel, code) {
      const session = sessions.get(channel);
      const answer = session?.answer;
      if (session === undefined || answer === undefined) return false;
      delete session.answer;
      answer(code);
      return true;
    },
    stop,
    stopAll() {
      for (const channel of [...sessions.keys()]) stop(channel);
    },
    get current() {
      return Array.from(sessions.values(), ({ state }) => state);
    },
  };
}

const calledOff: ConsoleLoginStep = { type: 'failed', reason: 'timeout', message: '' };

function isEnd(step: ConsoleLoginStep): boolean {
  return step.type === 'complete' || step.type === 'already.bound' || step.type === 'failed';
}
