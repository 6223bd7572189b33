import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { Step } from '../step.ts';

/** A task from the shell. */
export const task: Step = {
  name: 'task',
  timeoutMs: 300_000,
  async try({ threadbridge }) {
    const { stdout } = await threadbridge(['task', 'start', 'hello', '--watch']);
    const [id = ''] = stdout.match(/^[0-9a-f]{16}$/m) ?? [];
    assert.match(stdout, /You wrote: “hello”/);
    assert.match((await threadbridge(['task', 'list'])).stdout, new RegExp(`^${id} .+ completed +hello$`, 'm'));
    return `${id} was watched to its end`;
  },
};

/** The official client on `threadbridge mcp`. */
export const mcp: Step = {
  name: 'mcp',
  timeoutMs: 300_000,
  async try({ home, until }) {
    const client = new Client({ name: 'another agent', version: '1.0.0' });
    const { environment, home: cwd } = home;
    await client.connect(
      new StdioClientTransport({ command: 'threadbridge', args: ['mcp'], env: { ...environment }, cwd }) as never,
    );
    try {
      const call = async (name: string, input: Readonly<Record<string, unknown>>) => {
        const { structuredContent, isError, content } = await client.callTool({ name, arguments: { ...input } });
        return {
          value: structuredContent as Readonly<Record<string, unknown>>,
          isError: isError === true,
          text: JSON.stringify(content),
        };
      };
      const { tools } = await client.listTools();
      const { value, isError, text } = await call('task_start', { prompt: 'ask for approval', sandbox: 'workspace-write' });
      assert.ok(!isError, text);
      const { id } = value;
      const waiting = await until('a request', async () => {
        const status = await call('task_status', { id });
        return status.value.status === 'waiting' ? status.value : undefined;
      });
      const [request] = waiting.requests as readonly { readonly id: string }[];
      const answer = { type: 'decision', decision: 'accept' };
      const refused = await call('task_respond', { id, request: request?.id, answer });
      assert.ok(refused.isError, 'an agent may answer what a person has to');
      await call('task_interrupt', { id });
      await until('the end', async () => {
        const status = await call('task_status', { id });
        return status.value.status === 'interrupted' ? status.value : undefined;
      });
      return `${tools.length} tools; a task that asks, an agent that may not answer, an interrupt`;
    } finally {
      await client.close();
    }
  },
};
