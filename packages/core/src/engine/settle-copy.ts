import type { AuditEntry, EffectKey, InputId } from '@threadbridge/contract';
import type { EffectType } from '../decide/effect.ts';
import type { FactChange } from '../decide/facts.ts';
import type { Input } from '../decide/input.ts';
import type { OpenEffect } from '../ports/store.ts';

/** What has to be written into a store that is put back from a copy, before anybody opens it to work. */
export interface CopySettlement {
  /** To be marked as begun: they may have happened, and are told or repeated under their key as after a crash. */
  readonly begun: readonly EffectKey[];
  /** To be ended as unknown: the conversation's own state tells of them. */
  readonly ended: readonly EffectKey[];
  readonly fact: FactChange;
  /** One for each conversation with something open, so that people there are told without having to write. */
  readonly inputs: readonly Input[];
  readonly audit: AuditEntry;
}

/**
 * What was open when the copy was made may have gone out afterwards, and nobody who has the copy alone can know. So nothing of it is done
 * again unless repeating it changes nothing. Pure; moments in epoch ms.
 */
export function settleCopy(
  open: readonly OpenEffect[],
  { copiedAt, restoredAt }: { readonly copiedAt: number; readonly restoredAt: number },
): CopySettlement {
  const keysOf = (fate: Fate) => open.filter(({ effect }) => fates[effect.type] === fate).map(({ key }) => key);
  const scopes = new Map(open.map(({ scope }) => [scope.id, scope]));
  return {
    begun: keysOf('begun'),
    ended: keysOf('ended'),
    fact: { type: 'put', fact: { kind: 'restored', name: 'store', copiedAt, restoredAt } },
    inputs: Array.from(scopes.values(), (scope): Input => {
      return { type: 'store.restored', id: `restored/${restoredAt}/${scope.id}` as InputId, scope, at: restoredAt };
    }),
    audit: { at: restoredAt, kind: 'config', outcome: 'restored', detail: { copiedAt, open: open.length } },
  };
}

/** `kept`: done again, since doing it twice is doing it once. */
type Fate = 'kept' | 'begun' | 'ended';

const fates: Readonly<Record<EffectType, Fate>> = {
  deliver: 'begun',
  'action.respond': 'ended',
  'live.close': 'kept',
  timer: 'kept',
  'run.start': 'ended',
  'run.steer': 'begun',
  'run.interrupt': 'ended',
  'approval.answer': 'ended',
  'artifact.take': 'ended',
  'artifact.keep': 'ended',
  'attachments.fetch': 'kept',
  'workspace.resolve': 'ended',
  'threads.find': 'ended',
  'agent.ask': 'begun',
  'host.ask': 'ended',
};
