import assert from 'node:assert/strict';
import { join } from 'node:path';
import { keys, openTerminal } from '@threadbridge/terminal';
import { act, fakeOf, say } from '../fake.ts';
import type { Step } from '../step.ts';

const profile = ['--profile', 'guided'];

/** `start` at a terminal, in a profile of its own that knows no more than where WeChat is: it leads to the first answer on the phone. */
export const guidedStart: Step = {
  name: 'guided start',
  timeoutMs: 180_000,
  async try(visit) {
    const { home, signal, threadbridge } = visit;
    const { url, cdnUrl } = fakeOf(visit, 'ilink');
    const settings = {
      'codex.config': fakeOf(visit, 'model').codexConfig,
      'channels.wechat': { type: 'ilink', baseUrl: url, cdnBaseUrl: cdnUrl },
      'console.port': 0,
      'nativeApi.port': 0,
    };
    for (const [path, value] of Object.entries(settings))
      await threadbridge(['config', 'set', path, JSON.stringify(value), ...profile]);
    const terminal = openTerminal({
      program: join(home.prefix, 'bin', 'threadbridge'),
      words: ['start', ...profile],
      environment: { ...home.environment, TERM: 'xterm-256color' },
      directory: home.workspace,
    });
    signal.addEventListener('abort', () => terminal.kill(), { once: true });
    try {
      await terminal.sees(/In which directory[\s\S]*~\/code\/app/);
      terminal.press(keys.enter);
      await terminal.sees(/Scan this code/);
      for (const words of ['scan', 'confirm']) await act(visit, 'ilink', words);
      const [claim] = await terminal.sees(/\/claim \w{4}-\w{4}/);
      await say(visit, 'ilink', claim, /is yours now/);
      await say(visit, 'ilink', 'hello', /You wrote: “hello”/);
      await terminal.sees(/That is all/);
      terminal.press(keys.leave);
      assert.equal(await terminal.end, 0, terminal.output);
    } finally {
      terminal.kill();
    }
    return 'a directory chosen, a QR code, a claim, an answer on the phone';
  },
};
