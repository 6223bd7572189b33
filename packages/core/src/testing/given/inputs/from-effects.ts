import { type ActorId, asId, type EventId } from '@threadbridge/contract';
import type { Input, InputOf } from '../../../decide/input.ts';
import type { TakenOut } from '../../../decide/made-file.ts';
import type { Timer } from '../../../decide/timer.ts';
import { at, owner, workspace } from '../profile.ts';
import { head } from './head.ts';

/** A reminder came due. */
export function fired(timer: Timer): Input {
  return { ...head(at + 600), type: 'timer.fired', timer };
}

/** A workspace was looked at. */
export function resolved(
  purpose: InputOf<'workspace.resolved'>['purpose'] = { type: 'run' },
  result: InputOf<'workspace.resolved'>['result'] = { allowed: true, path: workspace },
): Input {
  return { ...head(), type: 'workspace.resolved', purpose, asked: '/work/app', result };
}

/** The files of the message with this text came, or did not. */
export function attachmentsFetched(
  text: string,
  change: Partial<Pick<InputOf<'attachments.fetched'>, 'taken' | 'refused' | 'folder'>> = {},
): Input {
  const event = asId<EventId>(`e-${text}`);
  return { ...head(), type: 'attachments.fetched', event, taken: [], refused: [], ...change };
}

/** A file was copied to be sent, or was not. */
export function artifactTaken(id: string, result: TakenOut, by: ActorId = owner.id): Input {
  return { ...head(), type: 'artifact.taken', artifact: id, by, result };
}

/** The program answered what was asked of it. */
export function hostAnswered(ask: InputOf<'host.answered'>['ask'], reply: InputOf<'host.answered'>['reply']): Input {
  return { ...head(), type: 'host.answered', ask, reply };
}

/** The agent said something to a question beside a run. */
export function agentAnswered(ask: InputOf<'agent.answered'>['ask'], reply: InputOf<'agent.answered'>['reply']): Input {
  return { ...head(), type: 'agent.answered', ask, reply };
}

/** Threads were looked for. */
export function threadsFound(purpose: InputOf<'threads.found'>['purpose'], result: InputOf<'threads.found'>['result']): Input {
  return { ...head(), type: 'threads.found', purpose, result };
}

/** The store was put back from a copy that had something open here. */
export function storeRestored(): Input {
  return { ...head(), type: 'store.restored' };
}
