import { type EffectKey, GatewayError, type InputId } from '@threadbridge/contract';

/** The earlier opener is told that it may no longer write. */
export function fenced(where: string, verb: string): GatewayError {
  return new GatewayError('store.fenced', `The store ${where} was taken over by another opener; ${verb} did nothing.`, {
    remedy: 'Stop this process; the other one goes on with the work.',
    certain: true,
  });
}

/** A call after `dispose`. */
export function closed(where: string, verb: string): GatewayError {
  return new GatewayError('store.closed', `The store ${where} has been closed by this process; ${verb} did nothing.`, {
    remedy: 'Open it again, or end what still uses it before closing it.',
    certain: true,
  });
}

/** The mistakes a caller can make; bugs, so plain errors. Each says that nothing was changed. */
export const misuse = {
  unknownInput: (id: InputId) => new Error(`commit: input ${id} was never accepted; nothing was changed.`),
  handledInput: (id: InputId) => new Error(`commit: input ${id} was committed before; nothing was changed.`),
  takenKey: (key: EffectKey) => new Error(`commit: effect ${key} exists already; nothing was changed.`),
  unknownEffect: (verb: string, key: EffectKey) => new Error(`${verb}: there is no effect ${key}; nothing was changed.`),
  settledEffect: (key: EffectKey) => new Error(`start: effect ${key} has its outcome already; nothing was changed.`),
  cursorWithoutChannel: () => new Error('accept: a cursor needs the channel it belongs to; nothing was changed.'),
} as const;
