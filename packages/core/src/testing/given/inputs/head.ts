import { asId, type InputId } from '@threadbridge/contract';
import { at, privateScope } from '../profile.ts';

let inputs = 0;

/** What every input begins with. */
export function head(moment = at) {
  return { id: asId<InputId>(`input-${++inputs}`), scope: privateScope, at: moment };
}
