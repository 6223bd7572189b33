import assert from 'node:assert/strict';
import type { Step } from '../step.ts';

/** The OpenAI address without the gateway, on a free port. */
export const nativeApi: Step = {
  name: 'native-api serve',
  timeoutMs: 300_000,
  async try({ home, signal, threadbridge }) {
    const { stdout } = await threadbridge(['status', '--show-tokens']);
    const [, token = ''] = stdout.match(/token of nativeApi: (\S+) \(shown this once\)/) ?? [];
    assert.ok(token, 'no token was shown');
    await using server = home.start('threadbridge', ['native-api', 'serve', '--port', '0', '--json'], signal);
    const [line] = await server.shows(/^\{"event":"ready".+$/m);
    const { baseUrl } = JSON.parse(line) as { readonly baseUrl: string };
    const ask = async (bearer: string) =>
      await fetch(`${baseUrl}/responses`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'gpt-5.5', input: 'hello' }),
        signal,
      });
    assert.equal((await ask('wrong')).status, 401);
    const answer = await ask(token);
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    assert.match(text, /You wrote: “hello”/);
    server.tell('SIGTERM');
    assert.equal(await server.ended, 0, server.said);
    return 'answers with its token, refuses another, ends when told';
  },
};
