import type { LoginProgress } from '@threadbridge/gateway';
import { exitCode } from '../exit-code.ts';
import type { Texts } from '../texts/texts.ts';

/** A step of a login in words. Pure. */
export function describeStep(step: LoginProgress, { accounts }: Texts): string {
  switch (step.type) {
    case 'qr':
      return accounts.qr(step);
    case 'visit':
      return accounts.visit(step);
    case 'scanned':
      return accounts.scanned;
    case 'code.wanted':
      return accounts.codeWanted(step.isWrong);
    case 'redirected':
      return accounts.redirected(step.host);
    case 'expired':
      return accounts.expired(step.reason);
    case 'complete':
      return accounts.complete(step.account.accountId);
    case 'already.bound':
      return accounts.alreadyBound;
    case 'failed':
      return accounts.failed(step.message);
  }
}

/** What a login that ended at this step means for the exit code. Pure. */
export function codeOfStep(step: LoginProgress | undefined): number {
  return step?.type === 'complete' || step?.type === 'already.bound' ? exitCode.done : exitCode.notLoggedIn;
}
