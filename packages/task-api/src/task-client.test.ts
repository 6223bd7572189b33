import { expect, it } from 'vitest';
import { createTaskClient } from './task-client.ts';

const clientOf = (fetch: typeof globalThis.fetch) => createTaskClient({ baseUrl: 'http://127.0.0.1:8766', token: 't', fetch });

it('names the address where its token is not taken, since another gateway may be there', async () => {
  const tasks = clientOf(async () =>
    Response.json({ error: { code: 'invalid_auth_token', message: 'Wrong.' } }, { status: 401 }),
  );
  await expect(tasks.list()).rejects.toMatchObject({
    code: 'unauthorized',
    message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:8766 does not take this token/),
  });
});

it('gives other refusals as they were said', async () => {
  const error = { code: 'refused', message: 'A person has to answer.' };
  await expect(clientOf(async () => Response.json({ error }, { status: 403 })).list()).rejects.toMatchObject(error);
});
