import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startFakeFeishu } from '@threadbridge/testkit/feishu';
import { startFakeIlink } from '@threadbridge/testkit/ilink';
import { expect, it } from 'vitest';
import { openPlace } from './support/place.ts';
import { startCli } from './support/run-cli.ts';
import { createSecretHunt, filesBelow, processesBelow } from './support/secret-hunt.ts';

const hex = (bytes: number) => randomBytes(bytes).toString('hex');

it('no secret is ever shown: by no command, page, log, file, error or process, whatever succeeds or fails', {
  timeout: 900_000,
}, async () => {
  const hunt = createSecretHunt();
  const made = {
    'iLink token': `${hex(6)}@im.bot:0600${hex(16)}`,
    'Feishu app secret': hex(16),
    'Codex key': `sk-proj-${randomBytes(48).toString('base64url')}`,
    'native API key': `na-${hex(20)}"\\+/`,
    'console token': randomBytes(32).toString('base64url'),
    'webhook secret': `whsec_${randomBytes(24).toString('base64')}`,
    'spare secret': `pass phrase/+=&"${hex(8)}`,
    'backup passphrase': `correct horse ${hex(8)}`,
  } as const;
  for (const [name, secret] of Object.entries(made)) hunt.plant(name, secret);

  await using place = await openPlace();
  await using ilink = await startFakeIlink({ holdMs: 200, bot: { token: made['iLink token'] } });
  await using feishu = await startFakeFeishu({ app: { secret: made['Feishu app secret'] } });
  const hooks: string[] = [];
  const receiver = createServer((request, response) => {
    hooks.push(request.url ?? '');
    response.writeHead(hooks.length === 1 ? 500 : 204).end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  await using _ = { [Symbol.asyncDispose]: async () => void receiver.close() };
  const secretFile = join(place.home, '..', 'console-token');
  await writeFile(secretFile, made['console token'], { mode: 0o600 });
  const environment = { ...place.environment, NATIVE_KEY: made['native API key'] };
  const keystore = (id: string) => ({ source: 'keystore', id });
  const settings = {
    codex: { home: 'isolated', auth: { mode: 'api-key', apiKey: keystore('openai') }, config: place.model.codexConfig() },
    channels: {
      wechat: { type: 'ilink', baseUrl: ilink.url, cdnBaseUrl: ilink.cdnUrl },
      feishu: { type: 'feishu', domain: feishu.url, appId: feishu.app.id, appSecret: keystore('feishu-secret') },
    },
    access: { owners: ['wechat:owner@im.wechat', `feishu:${feishu.owner}`] },
    nativeApi: { enabled: true, port: 0, token: { source: 'env', name: 'NATIVE_KEY' } },
    console: { enabled: true, port: 0, token: { source: 'file', path: secretFile } },
    taskApi: {
      enabled: true,
      webhooks: { ci: { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`, secret: keystore('ci-hook') } },
    },
  };
  await place.configure(settings);

  let calls = 0;
  const run = async (words: string, input = '', variables: Readonly<Record<string, string>> = environment) => {
    calls += 1;
    const cli = startCli([...words.split(' ')], variables);
    cli.child.stdin.end(input);
    const { code, stdout, stderr } = await cli.end;
    hunt.see(`threadbridge ${words}`, stdout + stderr);
    return { code, stdout, stderr };
  };

  // What is stored is told of by name alone.
  await run('secret set openai', made['Codex key']);
  await run('secret set feishu-secret', made['Feishu app secret']);
  await run('secret set ci-hook', made['webhook secret']);
  await run('secret set spare --json', made['spare secret']);
  const login = startCli(['login', 'wechat', '--json'], environment);
  await ilink.phone.code();
  ilink.phone.confirm();
  hunt.see('login', (await login.end).stdout);
  expect((await run('secret list')).stdout).toContain('ci-hook');

  const gateway = startCli(['start', '--json', '--debug'], environment);
  const [, address = ''] = await gateway.sees(/"console":"(http[^"]+)"/);
  const [, api = ''] = await gateway.sees(/"nativeApi":"([^"]+)"/);
  const profile = join(place.home, 'profiles', 'default');
  hunt.plant('key of buttons and codes', (await readFile(join(profile, 'token-key'), 'utf8')).trim());
  hunt.plant('key of the key store', (await readFile(join(profile, 'secrets.key'), 'utf8')).trim());
  hunt.plant('iLink token of the login', ilink.credentials.token.split(':')[1] ?? '');

  // A day's work, with things that go wrong.
  const said = ilink.say('hello');
  // The store has to know it, and it is worth nothing without the login.
  hunt.plant('context token', said.context_token ?? '', '.tar.gz unpacked');
  await ilink.until(() => ilink.sent.some(({ text }) => text?.includes('hello')));
  ilink.fail('sendmessage', { type: 'drop' } as never);
  ilink.say('[[run: env]]');
  feishu.say('hello');
  await feishu.until(() => feishu.sent.length > 0);
  const issued = await fetch(`${feishu.url}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_id: feishu.app.id, app_secret: feishu.app.secret }),
  });
  hunt.plant('Feishu tenant token', ((await issued.json()) as { tenant_access_token: string }).tenant_access_token);

  const ask = async (name: string, url: string, init: RequestInit = {}) => {
    const response = await fetch(url, init);
    const body = await response.text();
    hunt.see(name, JSON.stringify([...response.headers]) + body);
    return { status: response.status, body, headers: response.headers };
  };
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  for (const path of ['/', '/healthz', '/readyz', '/metrics', '/api/session', '/api/status', '/nothing'])
    await ask(path, `${address}${path}`);
  const metrics = await ask('/metrics with the token', `${address}/metrics`, { headers: bearer(made['console token']) });
  expect(metrics.status).toBe(200);
  const session = await fetch(`${address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address },
    body: JSON.stringify({ token: made['console token'] }),
  });
  expect(session.status).toBe(204);
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  for (const path of ['status', 'runs', 'queue', 'deliveries', 'approvals', 'audit', 'settings', 'usage', 'threads', 'chats'])
    await ask(`/api/${path}`, `${address}/api/${path}`, { headers: { cookie } });
  const page = await ask('the page', `${address}/`);
  for (const [, file = ''] of page.body.matchAll(/(?:src|href)="([^"]+)"/g)) await ask(file, new URL(file, address).href);
  const models = await ask('native API models', `${api}/models`, { headers: bearer(made['native API key']) });
  const [model] = (JSON.parse(models.body) as { data: readonly { id: string }[] }).data;
  const answer = await ask('native API', `${api}/responses`, {
    method: 'POST',
    headers: { ...bearer(made['native API key']), 'content-type': 'application/json' },
    body: JSON.stringify({ model: model?.id, input: 'hello' }),
  });
  expect(answer.status).toBe(200);
  await ask('native API refusing', `${api}/models`, { headers: bearer(`${made['native API key']}x`) });
  await ask('native API failing', `${api}/responses`, { method: 'POST', headers: bearer(made['native API key']), body: '{' });

  for (const [where, bytes] of await processesBelow(gateway.child.pid ?? 0)) hunt.see(where, bytes);

  const task = await run(`task start hello --notify webhook:ci --watch --url ${address}`);
  expect(task.code).toBe(0);
  if (hooks.length === 0) await once(receiver, 'request');
  const id = task.stdout.slice(0, 16);
  const bundle = join(place.home, '..', 'bundle.json');
  const inTheSun = [
    ...['status', 'status --show-tokens', 'logs -n 10000', 'logs -n 10000 --level debug', 'config show', 'config check'],
    ...['config get codex', 'config get channels', 'config get taskApi', 'config path', 'config reload', 'secret list'],
    ...['wechat show', 'threads', 'claim', 'audit verify', 'audit export', 'service status', 'service install --dry-run'],
    ...[`task list --url ${address}`, `task status ${id} --url ${address}`, 'completion bash', 'login nobody'],
    ...['policy explain --channel wechat --user owner@im.wechat', 'policy explain --channel wechat --user x --command cd'],
    ...['doctor', 'audit verify --native-api', 'secret remove nothing', 'config set no.such.thing 1'],
  ];
  for (const words of inTheSun) {
    const [, told] = await Promise.all([run(words), run(`${words} --json`)]);
    const isJson = told.code === 0 && !words.startsWith('completion');
    if (isJson) for (const line of told.stdout.trimEnd().split('\n')) expect(() => JSON.parse(line), words).not.toThrow();
  }
  await run(`doctor --debug --bundle ${bundle}`);
  hunt.see('the report', await readFile(bundle));

  // Mistakes with a secret in them are told without it.
  const words = ['config', 'set', 'channels.feishu.appSecret', made['spare secret']];
  for (const more of [[], ['--json'], ['--debug']]) {
    const cli = startCli([...words, ...more], environment);
    cli.child.stdin.end();
    const { code, stdout, stderr } = await cli.end;
    expect(code).toBe(2);
    hunt.see('a secret written into a setting', stdout + stderr);
  }
  await run(`login feishu --app ${feishu.app.id}`, `${made['spare secret']}\n`);
  const file = join(place.home, '..', 'plain.tar.gz');
  expect((await run(`backup ${file}`)).code).toBe(0);
  const sealed = join(place.home, '..', 'sealed.tar.gz');
  expect((await run(`backup ${sealed} --with-secrets --debug`, `${made['backup passphrase']}\n`)).code).toBe(0);
  await run(`--profile other backup restore ${sealed} --with-secrets --debug`, `${made['backup passphrase']}x\n`);

  // Logins end while it works.
  ilink.expireSession();
  feishu.expireTokens();
  await gateway.sees(/"state":"needs-login"/);
  feishu.say('again');
  await run('status');
  gateway.child.kill('SIGTERM');
  const end = await gateway.end;
  hunt.see('start', end.stdout + end.stderr);
  await run('status');

  // Starts that fail.
  await run('start --json --debug', '', { ...place.environment });
  await place.configure({
    ...settings,
    channels: { ...settings.channels, feishu: { ...settings.channels.feishu, appSecret: made['spare secret'] } },
  });
  for (const wrong of ['start --json', 'config check', 'config check --json', 'doctor --json', 'status'])
    expect((await run(`${wrong} --debug`)).code).not.toBe(0);
  await place.configure(settings);
  await run('logout wechat --json');
  await run('secret remove openai --json');

  // Codex keeps the key it was given in its home, and Feishu's command line its app in its own; the others are keys themselves.
  const kept = ['codex-home', 'feishu-cli', 'token-key', 'secrets.key'];
  for (const [path, bytes] of await filesBelow(join(place.home, '..'), [
    ...kept,
    'console-token',
    'config.json',
    'store.db',
    'store.db-wal',
  ]))
    hunt.see(path, bytes);
  expect(hunt.found()).toEqual([]);
  expect(calls).toBeGreaterThan(60);
  expect(hunt.sizeBytes).toBeGreaterThan(100_000);
});

it('the hunt finds a secret in every shape it may have', () => {
  const secret = 'a"secret/+that is\\long';
  const shapes = [
    secret,
    JSON.stringify({ secret }),
    JSON.stringify(JSON.stringify({ secret })),
    encodeURIComponent(secret),
    ...['', 'x', 'xy'].map((before) => Buffer.from(`${before}${secret} and more`).toString('base64')),
    Buffer.from(`?${secret}!`).toString('base64url'),
    Buffer.from(secret).toString('hex'),
  ];
  for (const shape of shapes) {
    const hunt = createSecretHunt();
    hunt.plant('it', secret);
    hunt.see('there', shape);
    expect(hunt.found(), shape).not.toEqual([]);
  }
});
