import { GatewayError, isGatewayError } from '@threadbridge/contract';

/** Does something with a file or directory of this program. What the disk refuses rejects as `store.unwritable`, which names it. */
export async function onDisk<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (isGatewayError(error) || !/^E[A-Z]+$/.test(code)) throw error;
    throw new GatewayError('store.unwritable', `${path} could not be written: the disk said ${code}.`, {
      remedy: 'Check that the disk is not full and that this user may write to the file and its directory.',
      certain: true,
      cause: error,
    });
  }
}
