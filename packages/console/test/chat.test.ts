import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Console } from '@threadbridge/console';
import { type Approval, asId, type ChannelEvent, type EffectKey, emptyView, type RunView } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import type { ChatPage } from '../src/wire.ts';
import { openConsole, readEvents } from './open-console.ts';

const key = (name: string) => asId<EffectKey>(name);

/** Takes what the page sends, as a gateway does. */
function gather({ channel }: Console): ChannelEvent[] {
  const events: ChannelEvent[] = [];
  void (async () => {
    for await (const batch of channel.receive({ signal: new AbortController().signal })) events.push(...batch.events);
  })();
  return events;
}

async function items(ask: Awaited<ReturnType<typeof openConsole>>['ask']): Promise<ChatPage['items']> {
  return ((await (await ask('/api/chats/main')).json()) as ChatPage).items;
}

it('brings what was written once, however often the page sends it', async () => {
  const { console, ask, post } = await openConsole();
  const events = gather(console);
  const message = { id: 'message-one', text: 'hello' };
  expect((await post('/api/chats/main/messages', message)).status).toBe(204);
  expect((await post('/api/chats/main/messages', message)).status).toBe(204);
  expect(events).toEqual([
    expect.objectContaining({
      id: 'message-one',
      text: 'hello',
      scope: expect.objectContaining({ id: 'console:main', kind: 'console' }),
    }),
  ]);
  expect(await items(ask)).toEqual([expect.objectContaining({ type: 'mine', id: 'message-one', text: 'hello' })]);
});

it('refuses what is no message', async () => {
  const { post } = await openConsole();
  const bad = [
    { id: 'x', text: 'id too short' },
    { id: 'message-one', text: '  ' },
    { id: 'message-one', text: 7 },
    { id: 'message-one', text: 'x'.repeat(100_001) },
    { id: 'message-one', text: 'x', files: 'no list' },
    [],
  ];
  for (const body of bad) expect((await post('/api/chats/main/messages', body)).status).toBe(400);
  expect((await post('/api/chats/..%2fother/messages', { id: 'message-one', text: 'x' })).status).toBe(404);
  const unknown = await post('/api/chats/main/messages', { id: 'message-one', text: 'x', files: ['gone'] });
  expect([unknown.status, ((await unknown.json()) as { remedy: string }).remedy]).toEqual([500, 'Add it once more.']);
});

it('brings a pressed button with its token, and the button is used up', async () => {
  const { console, ask, post } = await openConsole();
  const events = gather(console);
  const to = console.channel.scopeOf('main');
  const actions = [{ label: 'Approve', token: 'secret-yes' }];
  await console.channel.send({ markdown: 'May I?', actions }, { to, key: key('k1') });
  await post('/api/chats/main/actions', { id: 'action-one', token: 'secret-yes' });
  expect(events).toEqual([expect.objectContaining({ type: 'action.invoked', token: 'secret-yes' })]);
  const [said] = await items(ask);
  expect(said).toMatchObject({ type: 'said', chosen: 'Approve' });
  expect(said).not.toHaveProperty('controls');
  const [event] = events;
  await console.channel.capabilities.actions?.respond(event?.reply ?? null, { markdown: 'Approved.' });
  expect((await items(ask)).at(-1)).toMatchObject({ type: 'said', markdown: 'Approved.' });
});

it('brings the values of a form', async () => {
  const { console, post } = await openConsole();
  const events = gather(console);
  await post('/api/chats/main/actions', { id: 'action-one', token: 't', values: { colour: 'teal' } });
  expect(events).toEqual([expect.objectContaining({ values: { colour: 'teal' } })]);
});

it('shows a run while it goes on, closes what it asked with it, and keeps its steps at the end', async () => {
  const { console, ask } = await openConsole();
  const { live } = console.channel.capabilities;
  if (live === undefined) throw new Error('no live view');
  const to = console.channel.scopeOf('main');
  const step = {
    id: asId('s1'),
    type: 'command',
    command: 'ls',
    status: 'completed',
    output: `${'x'.repeat(20_000)}end`,
  } as const;
  const asking: RunView = {
    ...emptyView,
    status: 'waiting',
    steps: [step as never],
    approvals: [{ id: 'a1' } as unknown as Approval],
  };
  const ref = await live.open(asking, { to, key: key('run/live') });
  expect(await live.open(asking, { to, key: key('run/live') })).toEqual(ref);
  await console.channel.send({ markdown: 'May I?', actions: [{ label: 'Yes', token: 't' }] }, { to, key: key('k1') });
  expect((await items(ask)).at(-1)).toHaveProperty('controls');
  await live.update(ref, { ...asking, status: 'running', approvals: [] });
  expect((await items(ask)).at(-1)).not.toHaveProperty('controls');
  await live.close(ref, { ...emptyView, status: 'completed', texts: [{ item: asId('t'), text: 'Done.', isDraft: false }] });
  const [run, ...others] = await items(ask);
  expect(others).toHaveLength(1);
  expect(run).toMatchObject({ type: 'run', isOpen: false, view: { status: 'completed', texts: [{ text: 'Done.' }] } });
  const [shown] = run?.type === 'run' ? run.view.steps : [];
  expect(shown?.type === 'command' && [shown.output?.length, shown.output?.endsWith('end')]).toEqual([8_001, true]);
});

it('offers at the end of a run what may be done then: until it is pressed, or another run begins', async () => {
  const { console, ask, post } = await openConsole();
  const events = gather(console);
  const { live } = console.channel.capabilities;
  if (live === undefined) throw new Error('no live view');
  const to = console.channel.scopeOf('main');
  const run = async (name: string) => {
    const ref = await live.open({ ...emptyView, status: 'running' }, { to, key: key(name) });
    const actions = [{ label: 'New thread', token: `new-${name}` }];
    await live.close(ref, { ...emptyView, status: 'completed' }, { actions });
  };
  const offered = async () => (await items(ask)).map((item) => (item.type === 'run' ? item.controls?.actions?.[0]?.token : ''));
  await run('one');
  expect(await offered()).toEqual(['new-one']);
  await run('two');
  expect(await offered()).toEqual([undefined, 'new-two']);
  await post('/api/chats/main/actions', { id: 'action-one', token: 'new-two' });
  expect(events).toEqual([expect.objectContaining({ type: 'action.invoked', token: 'new-two' })]);
  expect(await offered()).toEqual([undefined, undefined]);
});

it('keeps what may be done with a run that goes on when it is pressed', async () => {
  const { console, ask, post } = await openConsole();
  gather(console);
  const to = console.channel.scopeOf('main');
  const actions = [{ label: 'Stop', token: 'stop' }];
  await console.channel.capabilities.live?.open({ ...emptyView, status: 'running' }, { to, key: key('r') }, { actions });
  await post('/api/chats/main/actions', { id: 'action-one', token: 'stop' });
  expect((await items(ask)).at(-1)).toHaveProperty('controls', { actions });
});

it('tells what happened while nobody listened, and once in its latest state', async () => {
  const { console, ask, view } = await openConsole();
  const to = console.channel.scopeOf('main');
  const [first] = await readEvents(await ask('/api/feed'), 1);
  expect(first?.data).toEqual({ type: 'reset' });
  const live = console.channel.capabilities.live;
  const ref = await live?.open({ ...emptyView, status: 'running' }, { to, key: key('r') });
  await live?.update(ref ?? null, { ...emptyView, status: 'waiting' });
  await console.channel.send({ markdown: 'one' }, { to, key: key('k1') });
  const again = await ask('/api/feed', { headers: { 'last-event-id': first?.id ?? '' } });
  const missed = await readEvents(again, 3);
  expect(missed.map(({ data }) => data)).toEqual([
    expect.objectContaining({
      type: 'item',
      item: expect.objectContaining({ id: 'r', view: expect.objectContaining({ status: 'waiting' }) }),
    }),
    expect.objectContaining({ type: 'item', item: expect.objectContaining({ id: 'k1' }) }),
    expect.objectContaining({ type: 'news' }),
  ]);
  const elsewhere = await ask('/api/feed', { headers: { 'last-event-id': 'another-process.3' } });
  expect((await readEvents(elsewhere, 1))[0]?.data).toEqual({ type: 'reset' });
  const listening = readEvents(await ask('/api/feed'), 2);
  view.tell({ type: 'delivery' });
  expect((await listening)[1]?.data).toEqual({ type: 'news', topics: ['deliveries'] });
});

it('shows what the store remembers of a chat, each thing once', async () => {
  const { console, ask, view } = await openConsole();
  const by = console.channel.owner;
  view.remember({ type: 'received', event: asId('e1'), by, text: 'before the restart', files: [], at: 1 });
  view.remember({
    type: 'sent',
    key: key('k1'),
    message: { markdown: 'said twice', actions: [{ label: 'Yes', token: 't' }] },
    at: 2,
  });
  view.remember({
    type: 'ended',
    run: asId('r'),
    ref: { chat: 'main', view: 'r/live' },
    view: { ...emptyView, status: 'completed' },
    at: 3,
  });
  await console.channel.send({ markdown: 'said twice' }, { to: console.channel.scopeOf('main'), key: key('k1') });
  const shown = await items(ask);
  expect(shown.map(({ id }) => id).sort()).toEqual(['e1', 'k1', 'r/live']);
  expect(shown.every((item) => item.type !== 'said' || item.controls === undefined)).toBe(true);
});

it('offers what the end of a run of another process still offers, like that of a run of its own', async () => {
  const restarted = async () => {
    const place = await openConsole();
    const ref = { chat: 'main', view: 'r/live' };
    const controls = { actions: [{ label: 'New thread', token: 'new' }] };
    place.view.remember({ type: 'ended', run: asId('r'), ref, view: { ...emptyView, status: 'completed' }, at: 3, controls });
    const offered = async () => (await items(place.ask)).map((item) => item.type === 'run' && item.controls?.actions?.[0]?.token);
    return { ...place, events: gather(place.console), offered };
  };
  const pressed = await restarted();
  expect([await pressed.offered(), await pressed.offered()]).toEqual([['new'], ['new']]);
  await pressed.post('/api/chats/main/actions', { id: 'action-one', token: 'new' });
  expect(pressed.events).toEqual([expect.objectContaining({ type: 'action.invoked', token: 'new' })]);
  expect(await pressed.offered()).toEqual([undefined]);

  const begun = await restarted();
  expect(await begun.offered()).toEqual(['new']);
  const to = begun.console.channel.scopeOf('main');
  await begun.console.channel.capabilities.live?.open({ ...emptyView, status: 'running' }, { to, key: key('later') });
  expect(await begun.offered()).toEqual([undefined, undefined]);

  const late = await restarted();
  await late.console.channel.capabilities.live?.open({ ...emptyView, status: 'running' }, { to, key: key('later') });
  expect(await late.offered()).toEqual([undefined, undefined]);
});

it('carries files in, and files out as something to save', async () => {
  const { console, ask, post } = await openConsole();
  const events = gather(console);
  const sent = await ask('/api/chats/main/files?name=notes.txt&type=text/plain', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: 'some notes',
  });
  const { file } = (await sent.json()) as { readonly file: string };
  await post('/api/chats/main/messages', { id: 'message-one', text: '', files: [file] });
  const [event] = events;
  const attachment = event?.type === 'message.received' ? event.attachments[0] : undefined;
  expect(attachment).toMatchObject({ kind: 'file', name: 'notes.txt', sizeBytes: 10, mediaType: 'text/plain' });
  if (attachment === undefined) throw new Error('no attachment');
  const body = await console.channel.capabilities.attachments?.fetch(attachment, new AbortController().signal);
  expect(await new Response(body).text()).toBe('some notes');

  const folder = await mkdtemp(join(tmpdir(), 'threadbridge-console-'));
  try {
    const path = join(folder, 'page.html');
    await writeFile(path, '<script>1</script>');
    const artifact = { path, name: '页面.html', sizeBytes: 18, mediaType: 'text/html', sha256: '' };
    await console.channel.send({ markdown: '', files: [artifact] }, { to: console.channel.scopeOf('main'), key: key('k/1') });
    const said = (await items(ask)).at(-1);
    const href = said?.type === 'said' ? said.files[0]?.href : undefined;
    const answer = await ask(`/${href}`);
    expect(await answer.text()).toBe('<script>1</script>');
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('页面.html')}`);
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('takes no file that is too large', async () => {
  const { ask } = await openConsole();
  const body = new Uint8Array(32 * 1024 * 1024 + 1);
  const headers = { 'content-type': 'application/octet-stream' };
  expect((await ask('/api/chats/main/files?name=x', { method: 'POST', headers, body })).status).toBe(413);
});
