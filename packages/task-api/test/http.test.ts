import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { createMemoryTasks, createTaskHttp, createTaskService } from '../src/index.ts';

const { api } = createTaskService({ store: createMemoryTasks(), peek: async () => undefined });
const http = createTaskHttp({ api, maxBodyBytes: 1_000 });
const ask = (path: string, init?: RequestInit) => http.fetch(new Request(`http://127.0.0.1${path}`, init));
const post = (body: string, type = 'application/json') =>
  ask('/tasks', { method: 'POST', body, headers: { 'content-type': type } });

describe('the document', () => {
  it('is valid OpenAPI, and names every route', async () => {
    const document = (await (await ask('/tasks/openapi.json')).json()) as { readonly paths: object };
    expect(await new Validator().validate(document)).toMatchObject({ valid: true });
    expect(Object.keys(document.paths).sort()).toEqual([
      ...['/tasks', '/tasks/{id}', '/tasks/{id}/events', '/tasks/{id}/interrupt', '/tasks/{id}/notices/{notice}/retry'],
      ...['/tasks/{id}/respond', '/tasks/{id}/steer'],
    ]);
  });
});

describe('a request that will not do', () => {
  it.each([
    ['not JSON', '{', 400, 'invalid'],
    ['no object', '[]', 400, 'invalid'],
    ['nothing to do', '{}', 400, 'invalid'],
    ['full access', '{"prompt":"x","sandbox":"danger-full-access"}', 400, 'invalid'],
    ['never asking', '{"prompt":"x","approvals":"never"}', 400, 'invalid'],
    ['a word nobody knows', '{"prompt":"x","color":"red"}', 400, 'invalid'],
    ['somebody unknown to tell', '{"prompt":"x","notify":["webhook:x"]}', 403, 'refused'],
    ['too much', JSON.stringify({ prompt: 'x'.repeat(2_000) }), 413, 'invalid'],
  ])('%s', async (_, body, status, code) => {
    const answer = await post(body);
    expect([answer.status, await answer.json()]).toMatchObject([
      status,
      { error: { code, message: expect.stringMatching(/./) } },
    ]);
  });

  it('another type, another route', async () => {
    expect((await post('prompt=x', 'application/x-www-form-urlencoded')).status).toBe(415);
    expect((await ask('/tasks/0123456789abcdef')).status).toBe(404);
    expect((await ask('/tasks/..%2f')).status).toBe(400);
    expect((await ask('/elsewhere')).status).toBe(404);
  });
});
