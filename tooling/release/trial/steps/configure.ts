import assert from 'node:assert/strict';
import { startFake } from '../fake.ts';
import type { Step } from '../step.ts';

/** The fakes of the test kit by their commands, and a configuration written by `config set`. */
export const configure: Step = {
  name: 'configure',
  timeoutMs: 300_000,
  async try(visit) {
    const { home, threadbridge } = visit;
    const [model, wechat, feishu] = await Promise.all([
      startFake(visit, 'model'),
      startFake(visit, 'ilink'),
      startFake(visit, 'feishu'),
    ]);
    const settings = {
      'workspaces.default': home.workspace,
      'codex.config': model.codexConfig,
      'channels.wechat': { type: 'ilink', baseUrl: wechat.url, cdnBaseUrl: wechat.cdnUrl },
      'channels.feishu': { type: 'feishu', domain: feishu.domain },
      'console.port': 0,
      'nativeApi.port': 0,
    };
    for (const [path, value] of Object.entries(settings))
      await threadbridge(['config', 'set', path, typeof value === 'string' ? value : JSON.stringify(value)]);
    assert.match((await threadbridge(['config', 'check'])).stdout, /config\.json is right/);
    const mistaken = await threadbridge(['config', 'set', 'runs.maxConcurent', '2'], 2);
    assert.match(mistaken.said, /did you mean "maxConcurrent"/);
    assert.match((await threadbridge(['config', 'show'])).stdout, /^console\.port +0 .+config\.json:\d+/m);
    return `${Object.keys(settings).length} settings; a misspelt one is refused with the right one`;
  },
};
