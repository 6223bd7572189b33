import { expect, it } from 'vitest';
import { loadDriver } from './driver.ts';

it.each([{ napi: '9', version: 'v20.20.2' }, { version: 'v20.20.2' }])(
  'refuses a Node without Node-API 10 before it loads anything',
  async (node) => {
    await expect(loadDriver(node)).rejects.toMatchObject({
      code: 'store.unsupported',
      message: expect.stringContaining('v20.20.2'),
      remedy: expect.stringContaining('22.14'),
      certain: true,
    });
  },
);
