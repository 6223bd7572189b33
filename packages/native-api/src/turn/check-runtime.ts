import { type AccountInfo, isGatewayError, type ModelInfo, type Runner } from '@threadbridge/contract';
import { modelNotFound, runtimeUnavailable, wrongValue } from '../api-error.ts';
import type { TurnRequest } from '../request/turn-request.ts';
import { fromRunnerError } from './from-turn-error.ts';

/** Codex as it is now: who is logged in, which models there are. */
export interface Runtime {
  readonly account: AccountInfo;
  /** Undefined where the runner cannot list any. */
  readonly models: readonly ModelInfo[] | undefined;
}

const nobody: AccountInfo = { login: 'notNeeded', id: 'acct_unknown' };

/** Asks anew: a login, a logout or a restart shows at once. Throws 503 where Codex cannot be used. */
export async function readRuntime(runner: Runner): Promise<Runtime> {
  const { account, models } = runner.capabilities;
  const read = async () => {
    const [who, which] = await Promise.all([account?.read() ?? nobody, models?.list()]);
    return { account: who, models: which };
  };
  try {
    return await onceMore(read, { isHarmless: true });
  } catch (error) {
    const failure = fromRunnerError(error);
    throw failure.status === 503 ? failure : runtimeUnavailable('Codex does not answer just now.', error);
  }
}

/** Codex may have died unnoticed. What surely did not begin, or may happen twice, is asked of the next one. */
export async function onceMore<T>(ask: () => Promise<T>, { isHarmless = false } = {}): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (isGatewayError(error) && error.code === 'runner.lost' && (error.certain || isHarmless)) return await ask();
    throw error;
  }
}

export function checkLogin({ account }: Runtime): void {
  if (account.login === 'missing') throw runtimeUnavailable('Codex is not logged in. Log in with `codex login`.');
}

/** Codex itself takes any model and any effort and fails later. Throws 404 or 400. */
export function checkModel({ models }: Runtime, request: TurnRequest, others: ReadonlySet<string>): void {
  if (models === undefined) return;
  const { model, effort } = request;
  const info = models.find(({ id }) => id === model);
  if (model !== undefined && info === undefined && !others.has(model)) throw modelNotFound(model);
  if (effort === undefined) return;
  const efforts = model === undefined || info === undefined ? models.flatMap((each) => each.efforts) : info.efforts;
  if (!efforts.includes(effort)) {
    throw wrongValue(request.effortParam, `supported are ${[...new Set(efforts)].map((each) => `'${each}'`).join(', ')}.`);
  }
}
