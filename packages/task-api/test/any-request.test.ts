import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryTasks, createTaskHttp, createTaskMcpHttp, createTaskService } from '../src/index.ts';

const { api } = createTaskService({ store: createMemoryTasks(), peek: async () => undefined });
const maxBodyBytes = 4_000;
const http = createTaskHttp({ api, maxBodyBytes });
const { id: known } = await api.start(
  { prompt: 'x', sandbox: 'read-only', approvals: 'untrusted', notify: [], dryRun: false },
  'program',
);

const text = fc.string({ unit: 'binary', maxLength: 60 });
const json = fc.jsonValue({ maxDepth: 3 });
const wish = fc.record(
  {
    prompt: fc.oneof(text, json),
    cwd: fc.oneof(text, json),
    model: fc.oneof(text, json),
    sandbox: fc.oneof(fc.constantFrom('read-only', 'workspace-write', 'danger-full-access'), json),
    approvals: fc.oneof(fc.constantFrom('untrusted', 'on-request', 'never'), json),
    notify: fc.oneof(fc.array(fc.oneof(fc.constantFrom('local', 'wechat:a', 'webhook:b'), text)), json),
    unknown: json,
  },
  { requiredKeys: [] },
);
const answer = fc.record({ request: fc.oneof(text, json), answer: fc.oneof(fc.record({ type: json, decision: json }), json) });
const body = fc.oneof(
  fc.oneof(wish, answer, fc.record({ text: fc.oneof(text, json) }), json).map((one) => JSON.stringify(one)),
  fc.uint8Array({ maxLength: 200 }).map((some) => new Uint8Array(some)),
);
const task = fc.oneof(fc.constantFrom(known, '0123456789abcdef', '..', '__proto__'), fc.webSegment());
const path = fc.oneof(
  fc.constant('/tasks'),
  fc
    .tuple(task, fc.constantFrom('', '/steer', '/interrupt', '/respond', '/notices/n/retry', '/nothing'))
    .map(([name, verb]) => `/tasks/${name}${verb}`),
);

describe('a request for tasks from anywhere', () => {
  it('is carried out or refused by name, never a fault', async () => {
    await fc.assert(
      fc.asyncProperty(path, body, async (path, given) => {
        const headers = { 'content-type': 'application/json' };
        const answer = await http.fetch(new Request(`http://127.0.0.1${path}`, { method: 'POST', headers, body: given }));
        const said = (await answer.json()) as { readonly error?: { readonly code: string } };
        expect(answer.status).toBeLessThan(500);
        if (answer.status >= 400) expect(said.error?.code).toMatch(/^[a-z_]+$/);
        else expect(said).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{16}$/) });
      }),
      { numRuns: 300 },
    );
  });

  it('starts nothing that has full access or never asks', async () => {
    const hard = fc.constantFrom({ sandbox: 'danger-full-access' }, { approvals: 'never' });
    await fc.assert(
      fc.asyncProperty(wish, hard, async (wish, more) => {
        const headers = { 'content-type': 'application/json' };
        const request = { method: 'POST', headers, body: JSON.stringify({ ...wish, prompt: 'x', ...more }) };
        expect((await http.fetch(new Request('http://127.0.0.1/tasks', request))).status).toBeGreaterThanOrEqual(400);
      }),
    );
  });

  it('that is too large is refused, announced or not', async () => {
    const size = fc.integer({ min: maxBodyBytes + 1, max: maxBodyBytes * 3 });
    await fc.assert(
      fc.asyncProperty(size, fc.boolean(), async (size, isAnnounced) => {
        const bytes = new TextEncoder().encode(JSON.stringify({ prompt: 'x'.repeat(size) }));
        const stream = new Blob([bytes]).stream();
        const init = { method: 'POST', headers: { 'content-type': 'application/json' }, duplex: 'half' };
        const request = new Request('http://127.0.0.1/tasks', { ...init, body: isAnnounced ? bytes : stream } as RequestInit);
        expect((await http.fetch(request)).status).toBe(413);
      }),
    );
  });

  it('over MCP is answered, never a fault', async () => {
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const call = fc.record({
      jsonrpc: fc.oneof(fc.constant('2.0'), json),
      id: fc.oneof(fc.nat(), json),
      method: fc.oneof(fc.constantFrom('initialize', 'tools/list', 'tools/call', 'ping', 'nothing'), text),
      params: fc.oneof(
        fc.record({ name: fc.constantFrom('task_start', 'task_status', 'nothing'), arguments: fc.oneof(wish, json) }),
        json,
      ),
    });
    const mcp = createTaskMcpHttp({ api });
    await fc.assert(
      fc.asyncProperty(fc.oneof(call, fc.array(call, { maxLength: 3 }), json), async (given) => {
        const request = new Request('http://127.0.0.1/mcp', { method: 'POST', headers, body: JSON.stringify(given) });
        const answer = await mcp.fetch(request);
        await answer.body?.cancel();
        expect(answer.status).toBeLessThan(500);
      }),
    );
  });
});
