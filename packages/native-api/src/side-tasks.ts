/** Helper work around a conversation, never the conversation itself. */
export const taskClasses = ['intent_classification', 'normalization', 'small_verification', 'side_reasoning'] as const;
/** What kind of work a side task is. */
export type TaskClass = (typeof taskClasses)[number];

export function isTaskClass(name: string): name is TaskClass {
  return (taskClasses as readonly string[]).includes(name);
}

/** One way to have a side task done. Rejects with a {@link SideTaskFailure} where it could not. */
export type SideTaskTarget = (task: SideTask, signal: AbortSignal) => Promise<string>;

/** A small piece of work for a model, beside any conversation. */
export interface SideTask {
  readonly taskClass: TaskClass;
  readonly prompt: string;
  readonly instructions?: string;
}

/**
 * Why a target did not answer. `unreachable`: refused connection, timeout, 502 or 503 before any output, so that another target may be asked;
 * `rejected`: the task itself will not do, and would not do elsewhere.
 */
export class SideTaskFailure extends Error {
  readonly reason: 'unreachable' | 'rejected';

  constructor(reason: 'unreachable' | 'rejected', message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'SideTaskFailure';
    this.reason = reason;
  }
}

/** Where side tasks may go, in this order: the API, a run of the agent, somebody else. */
export interface SideTaskRoutes {
  /** The API of this package, over HTTP: {@link sideTaskApi}. Absent: not configured. */
  readonly api?: SideTaskTarget;
  /** Classes that go to the API. Default: all. */
  readonly apiClasses?: readonly TaskClass[];
  /** An isolated run of the agent, without HTTP: {@link sideTaskRun}. */
  readonly direct?: SideTaskTarget;
  /** A provider elsewhere. It is asked only when everything here is down, and only where somebody put it in. */
  readonly external?: SideTaskTarget;
}

/** Who answered, and what. */
export interface SideTaskAnswer {
  readonly text: string;
  /** `api`: this package over HTTP; `direct`: a run without it; `external`: a provider elsewhere, so the words left this computer. */
  readonly target: 'api' | 'direct' | 'external';
}

/**
 * Has a side task done by the first target that can be reached: the API, then a direct run, then the external provider. A task that is
 * rejected is the caller's mistake and goes nowhere else. Rejects with a {@link SideTaskFailure}.
 */
export async function routeSideTask(routes: SideTaskRoutes, task: SideTask, signal: AbortSignal): Promise<SideTaskAnswer> {
  const isEligible = routes.apiClasses?.includes(task.taskClass) ?? true;
  const order = [
    ['api', isEligible ? routes.api : undefined],
    ['direct', routes.direct],
    ['external', routes.external],
  ] as const;
  let last: unknown;
  for (const [target, ask] of order) {
    if (ask === undefined) continue;
    try {
      return { target, text: await ask(task, signal) };
    } catch (error) {
      if (signal.aborted || !(error instanceof SideTaskFailure) || error.reason !== 'unreachable') throw error;
      last = error;
    }
  }
  throw new SideTaskFailure('unreachable', 'Nobody could be reached for this side task.', { cause: last });
}
