import { describe, expect, it } from 'vitest';
import { readTools } from './offered-tools.ts';
import { addFile } from './patch.ts';
import { toCall } from './to-call.ts';

const func = (name: string) => ({ type: 'function', name, parameters: { type: 'object', properties: {} } });
const offer = (...tools: readonly object[]) => readTools({ tools });
const scriptTools = readTools({
  input: [
    { type: 'additional_tools', tools: [{ type: 'namespace', name: 'functions', tools: [{ type: 'custom', name: 'exec' }] }] },
  ],
});

describe('a command', () => {
  const step = { type: 'command', command: 'ls' } as const;

  it('goes to exec_command, with the question when it wants out of the sandbox', () => {
    expect(toCall({ ...step, escalate: 'May I?' }, offer(func('exec_command')))).toEqual({
      type: 'function_call',
      name: 'exec_command',
      arguments: '{"cmd":"ls","sandbox_permissions":"require_escalated","justification":"May I?"}',
    });
  });

  it('goes to the older command tools where only those are offered', () => {
    expect(toCall(step, offer(func('shell_command')))).toMatchObject({ name: 'shell_command', arguments: '{"command":"ls"}' });
    expect(toCall(step, offer(func('shell')))).toMatchObject({ name: 'shell', arguments: '{"command":["bash","-lc","ls"]}' });
  });

  it('goes through a script in code mode', () => {
    expect(toCall(step, scriptTools)).toEqual({
      type: 'custom_tool_call',
      name: 'exec',
      input: 'text(await tools.exec_command({"cmd":"ls"}));',
    });
  });

  it('cannot be made without any command tool', () => {
    expect(toCall(step, offer(func('weather')))).toBeUndefined();
  });
});

describe('a patch', () => {
  const step = addFile('a.md', 'one\ntwo\n');

  it('goes to the free-form tool as it is', () => {
    expect(toCall(step, offer({ type: 'custom', name: 'apply_patch' }))).toEqual({
      type: 'custom_tool_call',
      name: 'apply_patch',
      input: '*** Begin Patch\n*** Add File: a.md\n+one\n+two\n*** End Patch\n',
    });
  });

  it('goes to a command where no patch tool is offered', () => {
    const call = toCall(step, offer(func('exec_command')));
    expect(call?.type === 'function_call' && JSON.parse(call.arguments).cmd).toBe(`apply_patch <<'PATCH'\n${step.patch}PATCH`);
  });
});

describe('a tool by name', () => {
  it('is called in its namespace', () => {
    const tools = offer({ type: 'namespace', name: 'mcp__notes', tools: [func('find')] });
    expect(toCall({ type: 'tool', name: 'find', namespace: 'mcp__notes', arguments: { q: 1 } }, tools)).toEqual({
      type: 'function_call',
      name: 'find',
      namespace: 'mcp__notes',
      arguments: '{"q":1}',
    });
  });

  it('is not called when it is not offered', () => {
    expect(toCall({ type: 'tool', name: 'find', arguments: {} }, offer(func('exec_command')))).toBeUndefined();
  });
});
