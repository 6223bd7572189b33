import type { GatewayState } from '@threadbridge/gateway';
import type { Texts } from '../texts/texts.ts';

/** How a profile stands, a line each. Pure. */
export function describeState(state: GatewayState, now: number, { status }: Texts): readonly string[] {
  const since = (at: number) => status.minutes(Math.max(0, Math.round((now - at) / 60_000)));
  const work = [
    ...state.runs.map(({ scope, startedAt, isWaiting }) => status.run({ scope, isWaiting, for: since(startedAt) })),
    ...state.approvals.map(({ scope, code, askedAt }) => status.question({ scope, code, for: since(askedAt) })),
    status.waiting(state),
  ];
  if (!state.isRunning) return [status.resting(state.profile), ...work];
  const { channels, nativeApi, console: page, notListening = [], limits, startedAt } = state;
  return [
    status.running({ ...state, for: since(startedAt) }),
    ...Object.entries(channels).map(([key, how]) => status.channel({ key, state: how })),
    ...(nativeApi === undefined ? [] : [status.nativeApi(nativeApi)]),
    ...(page === undefined ? [] : [status.console(page)]),
    ...notListening.map(status.notListening),
    ...work,
    ...(limits?.windows ?? []).map(({ name = '', usedPercent, resetsAt }) =>
      status.limit({
        name,
        percent: Math.round(usedPercent),
        resets: resetsAt === undefined ? undefined : new Date(resetsAt).toISOString(),
      }),
    ),
  ];
}
