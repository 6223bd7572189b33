import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startFakeIlink } from '@threadbridge/testkit/ilink';
import { startScriptedModel, toConfigFlags } from '@threadbridge/testkit/model';
import { bridge } from './bridge.ts';

// The world: a WeChat, a model, and the real Codex between an empty home and an empty workspace.
await using wechat = await startFakeIlink();
await using model = await startScriptedModel();
const folder = await realpath(await mkdtemp(join(tmpdir(), 'bridge-')));
const [codexHome, workspace] = [join(folder, 'home'), join(folder, 'work')];
await Promise.all([mkdir(codexHome), mkdir(workspace)]);
const launcher = fileURLToPath(import.meta.resolve('@openai/codex/bin/codex.js'));
const stop = new AbortController();

const running = bridge({
  baseUrl: wechat.url,
  token: wechat.credentials.token,
  codex: [process.execPath, launcher, 'exec', '--json', '--skip-git-repo-check', ...toConfigFlags(model.codexConfig())],
  env: { PATH: process.env.PATH ?? '', HOME: folder, CODEX_HOME: codexHome },
  ...{ workspace, signal: stop.signal },
});
const texts = () => wechat.sent.map(({ text }) => text);

// It answers, each person for themselves.
wechat.say('[[say: hello Olga]]');
wechat.say('[[say: hello Ann]]', { from: 'ann@im.wechat' });
await wechat.until(() => wechat.sent.length === 2);
assert.deepEqual(texts(), ['hello Olga', 'hello Ann']);
assert.equal(wechat.sent[1]?.to, 'ann@im.wechat');

// A message that comes twice is answered once; one after a poll that failed is not missed.
wechat.redeliver();
wechat.fail('getupdates', { type: 'cut' });
wechat.say('[[say: after the trouble]]');
await wechat.until(() => wechat.sent.length === 3);

// The service takes an answer and breaks off: it is not said again.
wechat.fail('sendmessage', { type: 'cut' });
wechat.say('[[say: said once]]');
wechat.say('[[say: the end]]');
await wechat.until(() => texts().includes('the end'));
assert.deepEqual(texts(), ['hello Olga', 'hello Ann', 'after the trouble', 'said once', 'the end']);

// No turn of the model without a message, and nothing that the service would not have taken.
const prompts = new Set(model.requests.map(({ userTexts }) => userTexts.at(-1)));
assert.equal(prompts.size, 5);
assert.deepEqual([...wechat.mistakes, ...model.problems], []);
stop.abort();
await running.catch((error: unknown) => assert.ok(stop.signal.aborted, String(error)));
await rm(folder, { recursive: true, force: true, maxRetries: 5 });
console.log(`${wechat.sent.length} answers, no mistakes.`);
