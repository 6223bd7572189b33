import { asId, type RunInput, type ThreadId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { loadedSettings, toThreadResume, toThreadStart, toTurnStart } from './from-run-input.ts';

const thread = asId<ThreadId>('t');
const input: RunInput = { prompt: 'hi', workspace: asId('/work'), sandbox: 'workspace-write' };

describe('every thread', () => {
  it('is told its policy, sandbox and directory, when made and when loaded', () => {
    const settings = { cwd: '/work', approvalPolicy: 'on-request', sandbox: 'workspace-write' };
    expect(toThreadStart(input)).toMatchObject(settings);
    expect(toThreadResume(thread, input)).toMatchObject({ ...settings, threadId: 't', excludeTurns: true });
    expect(toTurnStart(thread, input)).toMatchObject({
      cwd: '/work',
      approvalPolicy: 'on-request',
      sandboxPolicy: { type: 'workspaceWrite' },
    });
  });

  it('hides the environment from commands unless the caller says otherwise', () => {
    expect(toThreadStart(input).config).toEqual({ shell_environment_policy: { inherit: 'core' } });
    const config = { shell_environment_policy: { inherit: 'all' }, web_search: 'live' };
    expect(toThreadResume(thread, { ...input, config }).config).toEqual(config);
    const own = { shell_environment_policy: { inherit: 'all', set: { A: '1' } } };
    expect(toThreadStart({ ...input, config: own, variables: { B: '2' } }).config).toEqual({
      shell_environment_policy: { inherit: 'all', set: { A: '1', B: '2' } },
    });
    expect(loadedSettings({ ...input, variables: { B: '2' } })).not.toBe(loadedSettings(input));
  });
});

it('paths that reading is denied to become a profile in place of the sandbox', () => {
  const hidden: RunInput = { ...input, denyRead: ['/home/u/.codex'], writableRoots: ['/extra'], network: true };
  expect(toThreadStart(hidden)).toMatchObject({
    permissions: 'threadbridge',
    config: {
      permissions: {
        threadbridge: {
          extends: ':workspace',
          filesystem: { '/extra': 'write', '/home/u/.codex': 'deny' },
          network: { enabled: true },
        },
      },
    },
  });
  expect(toThreadStart(hidden)).not.toHaveProperty('sandbox');
  expect(toTurnStart(thread, hidden)).not.toHaveProperty('sandboxPolicy');
  const reading = toThreadStart({ ...hidden, sandbox: 'read-only' });
  expect(reading.config).toMatchObject({
    permissions: { threadbridge: { extends: ':read-only', filesystem: { '/home/u/.codex': 'deny' } } },
  });
  expect(JSON.stringify(reading)).not.toContain('/extra');
});

it('a path that is writable and denied is denied', () => {
  const both = toThreadStart({ ...input, writableRoots: ['/p'], denyRead: ['/p'] });
  expect(both.config).toMatchObject({ permissions: { threadbridge: { filesystem: { '/p': 'deny' } } } });
});

it('opens a directory again inside of what is hidden, and only there', () => {
  const opened = toThreadStart({ ...input, denyRead: ['/home/u/.state'], allowRead: ['/home/u/.state/media/s/files'] });
  expect(opened.config).toMatchObject({
    permissions: {
      threadbridge: {
        filesystem: { '/home/u/.state': 'deny', '/home/u/.state/media/s': 'write', '/home/u/.state/media/s/files': 'read' },
      },
    },
  });
  expect(toThreadStart({ ...input, allowRead: ['/x/y'] })).toEqual(toThreadStart(input));
});

it('knows which runs can share a loaded thread', () => {
  const base = loadedSettings(input);
  expect(loadedSettings({ ...input, sandbox: 'read-only', prompt: 'other', model: 'm', network: true })).toBe(base);
  expect(loadedSettings({ ...input, config: { a: 1 } })).not.toBe(base);
  expect(loadedSettings({ ...input, denyRead: ['/x'] })).not.toBe(base);
  expect(loadedSettings({ ...input, provider: 'p' })).not.toBe(base);
});

it('the key, the images and the schema travel with the turn', () => {
  const turn = toTurnStart(thread, {
    ...input,
    key: asId('k'),
    images: ['/a.png'],
    outputSchema: { type: 'object' },
    effort: 'high',
  });
  expect(turn).toMatchObject({
    clientUserMessageId: 'k',
    input: [
      { type: 'text', text: 'hi' },
      { type: 'localImage', path: '/a.png' },
    ],
    outputSchema: { type: 'object' },
    effort: 'high',
  });
});

it('sends pictures by path or as they are, and says nothing where nothing is said', () => {
  const picture = 'data:image/png;base64,AAAA';
  expect(toTurnStart(thread, { ...input, images: ['/a.png', picture] }).input).toEqual([
    { type: 'text', text: 'hi', text_elements: [] },
    { type: 'localImage', path: '/a.png' },
    { type: 'image', url: picture },
  ]);
  expect(toTurnStart(thread, { ...input, prompt: '' }).input).toEqual([]);
});

it('asks for a thread without directory, and for early token counts, only where it is told to', () => {
  expect(toThreadStart({ ...input, environment: 'none', usage: 'early' })).toMatchObject({
    environments: [],
    experimentalRawEvents: true,
  });
  expect(toThreadStart(input)).not.toHaveProperty('environments');
  expect(toThreadStart(input)).not.toHaveProperty('experimentalRawEvents');
});
