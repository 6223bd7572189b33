import type { LoginProgress } from '@threadbridge/gateway';
import { exitCode } from '../exit-code.ts';

/** A step of a login in words. Pure. */
export function describeStep(step: LoginProgress): string {
  switch (step.type) {
    case 'qr':
      return `${step.attempt === 1 ? 'Scan this code with your phone' : 'Scan this new code with your phone'}, or open the link there:\n${step.url}`;
    case 'visit':
      return `Open this address and log in: ${step.url}${step.code === undefined ? '' : `\nCode to type there: ${step.code}`}`;
    case 'scanned':
      return 'Scanned. Confirm on the phone.';
    case 'code.wanted':
      return step.isWrong
        ? 'That was not the number. Type the number that the phone shows.'
        : 'Type the number that the phone shows.';
    case 'redirected':
      return `The account lives at ${step.host}; going on there.`;
    case 'expired':
      return step.reason === 'old' ? 'The code is too old.' : 'The code was blocked after too many wrong numbers.';
    case 'complete':
      return `Logged in as ${step.account.accountId ?? 'an account without a name'}. A running gateway goes on with it by itself.`;
    case 'already.bound':
      return 'Logged in already: the login that is stored here stays valid.';
    case 'failed':
      return `Not logged in: ${step.message}`;
  }
}

/** What a login that ended at this step means for the exit code. Pure. */
export function codeOfStep(step: LoginProgress | undefined): number {
  return step?.type === 'complete' || step?.type === 'already.bound' ? exitCode.done : exitCode.notLoggedIn;
}
