import type { JsonValue } from './json.ts';

/**
 * One step of logging an account in. A login is a sequence of such values, so that a terminal, a page and a chat can all drive it. It ends
 * after `complete`, `already.bound` or `failed`, and without any of them when it was aborted.
 */
export type LoginStep<Credentials = JsonValue> =
  /** Show this text as a QR code, or as a link to open on the phone. A later one replaces it. */
  | { readonly type: 'qr'; readonly url: string; readonly attempt: number }
  /** Open this address on any device and log in there; with `code`, type it where the page asks. */
  | { readonly type: 'visit'; readonly url: string; readonly code?: string }
  /** The code was scanned; the person is being asked on the phone. */
  | { readonly type: 'scanned' }
  /** The phone shows a number that is to be typed here. `isWrong`: the one given before was not it. */
  | { readonly type: 'code.wanted'; readonly isWrong: boolean }
  /** The account lives elsewhere; the login goes on there. */
  | { readonly type: 'redirected'; readonly host: string }
  /** The code is too old, or was blocked; a new `qr` or `failed` follows. */
  | { readonly type: 'expired'; readonly reason: 'old' | 'blocked' }
  /** Done. Credentials are secret: keep them where only their owner reads. */
  | { readonly type: 'complete'; readonly credentials: Credentials }
  /** The account is logged in here already; the credentials kept from then stay valid. */
  | { readonly type: 'already.bound' }
  /** Nobody logged in, or the platform's answer could not be trusted. */
  | { readonly type: 'failed'; readonly reason: 'expired' | 'timeout' | 'refused'; readonly message: string };
