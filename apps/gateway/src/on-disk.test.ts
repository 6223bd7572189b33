import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayError } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { onDisk } from './on-disk.ts';

it('names what the disk refused, and lets everything else pass as it is', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'threadbridge-disk-'));
  const file = join(directory, 'file');
  await writeFile(file, '');
  expect(await onDisk(file, async () => 'written')).toBe('written');
  await expect(onDisk(file, () => mkdir(file))).rejects.toMatchObject({
    code: 'store.unwritable',
    message: `${file} could not be written: the disk said EEXIST.`,
    cause: { code: 'EEXIST' },
  });
  for (const error of [new TypeError('x'), new GatewayError('config.invalid', 'x')])
    await expect(onDisk(file, () => Promise.reject(error))).rejects.toBe(error);
  await rm(directory, { recursive: true });
});
