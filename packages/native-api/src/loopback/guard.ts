import { toApiError } from '../api-error.ts';
import { errorResponse } from '../http/to-response.ts';
import { type AccessRules, checkOrigin, checkToken, digest } from './check-access.ts';

export interface GuardOptions {
  /** What callers have to send as bearer token. */
  readonly token: string;
  /** Origins of web pages that may ask. Default none. */
  readonly origins?: readonly string[];
}

/**
 * Who may ask a server of this computer: requests for another host (DNS rebinding), those of web pages and those without the token are
 * refused. Answers with the refusal; undefined: let in. The token is compared in constant time.
 */
export function createGuard(options: GuardOptions): (request: Request) => Response | undefined {
  const rules: AccessRules = { hosts: new Set(), origins: new Set(options.origins ?? []), tokenDigest: digest(options.token) };
  return (request) => {
    try {
      checkOrigin(request, rules);
      checkToken(request, rules);
      return undefined;
    } catch (error) {
      return errorResponse(toApiError(error));
    }
  };
}
