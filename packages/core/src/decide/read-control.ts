import type { Scope } from '@threadbridge/contract';
import { isForRun, readToken, type TokenClaims, type TokenVerdict } from '../policy/action-token.ts';
import type { ProfileRules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** The keys under which controls are signed. */
export type ControlKeys = Pick<ProfileRules, 'tokenKey' | 'formerTokenKeys'>;

export type ControlVerdict =
  | { readonly valid: true; readonly claims: TokenClaims }
  | { readonly valid: false; readonly reason: Extract<TokenVerdict, { readonly valid: false }>['reason'] | 'run' | 'used' };

/** Whether a control is good here and now, whoever presses it: ours, for this place and run, young enough, not used. */
export function readControl(
  { phase, spent }: ScopeState,
  token: string,
  here: { readonly scope: Scope; readonly at: number },
  { tokenKey, formerTokenKeys = [] }: ControlKeys,
): ControlVerdict {
  const verdict = readToken([tokenKey, ...formerTokenKeys], token, here);
  if (!verdict.valid) return verdict;
  const run = phase.name === 'running' || phase.name === 'held' ? phase : undefined;
  if (!isForRun(verdict.claims, run)) return { valid: false, reason: 'run' };
  return spent?.[verdict.claims.nonce] === undefined ? verdict : { valid: false, reason: 'used' };
}
