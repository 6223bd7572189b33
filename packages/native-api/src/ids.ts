import { randomBytes } from 'node:crypto';

/** A fresh id in the form clients know: a prefix and 24 random hex characters. */
export function newId(prefix: 'resp' | 'msg' | 'rs' | 'fc' | 'fco' | 'req' | 'chatcmpl'): string {
  const random = randomBytes(12).toString('hex');
  return prefix === 'chatcmpl' ? `chatcmpl-${random}` : `${prefix}_${random}`;
}
