import type { GatewayState } from '@threadbridge/gateway';

/** How a profile stands, a line each. Pure. */
export function describeState(state: GatewayState, now: number): readonly string[] {
  const since = (at: number) => `${Math.max(0, Math.round((now - at) / 60_000))} min`;
  const work = [
    ...state.runs.map(
      ({ scope, startedAt, isWaiting }) => `${isWaiting ? 'waits for an answer' : 'running'}: ${scope}, for ${since(startedAt)}`,
    ),
    ...state.approvals.map(({ scope, code, askedAt }) => `open question ${code}: ${scope}, for ${since(askedAt)}`),
    `waiting: ${state.queue} messages for a run, ${state.deliveries} replies to be sent${state.held === 0 ? '' : `, ${state.held} of them until the platform lets us`}`,
  ];
  if (!state.isRunning) return [`Profile ${state.profile} is not running.`, ...work];
  const { channels, nativeApi, console: page, limits } = state;
  return [
    `Profile ${state.profile} is running: process ${state.pid}, version ${state.version}, for ${since(state.startedAt)}.`,
    ...Object.entries(channels).map(([key, how]) => `channel ${key}: ${how}`),
    ...(nativeApi === undefined ? [] : [`native API: ${nativeApi}`]),
    ...(page === undefined ? [] : [`console: ${page}`]),
    ...work,
    ...(limits?.windows ?? []).map(
      ({ name, usedPercent, resetsAt }) =>
        `limit ${name ?? ''}: ${Math.round(usedPercent)} % used${resetsAt === undefined ? '' : `, resets ${new Date(resetsAt).toISOString()}`}`,
    ),
  ];
}
