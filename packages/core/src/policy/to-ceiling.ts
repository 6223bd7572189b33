import type { RunCeiling, RunInput } from '@threadbridge/contract';

/** The most that a thread of others may be allowed for this run to be a part of it. */
export function toCeiling(input: Pick<RunInput, 'sandbox' | 'network' | 'workspace' | 'writableRoots'>): RunCeiling {
  const { sandbox, network, workspace, writableRoots } = input;
  return { sandbox, workspace, ...(network !== undefined && { network }), ...(writableRoots && { writableRoots }) };
}
