import assert from 'node:assert/strict';
import { createIlinkChannel, type IlinkCredentials, login } from '@threadbridge/ilink-channel';
import { startFakeIlink } from '@threadbridge/testkit/ilink';
import { echo } from './echo.ts';

// A fake WeChat stands in for the real one. For your own account leave out `baseUrl` and `cdnBaseUrl`, and scan the code.
await using fake = await startFakeIlink();
const stop = new AbortController();

let credentials: IlinkCredentials | undefined;
for await (const step of login({ baseUrl: fake.url, signal: stop.signal })) {
  if (step.type === 'qr') {
    console.log('Scan with WeChat:', step.url);
    fake.phone.confirm();
  }
  if (step.type === 'failed') throw new Error(step.message);
  if (step.type === 'complete') credentials = step.credentials;
}
assert(credentials !== undefined);

const running = echo(createIlinkChannel({ credentials, cdnBaseUrl: fake.cdnUrl }), stop.signal);
fake.say('hello');
await fake.until(() => fake.sent.length === 1);
stop.abort();
await running;

assert.equal(fake.sent[0]?.text, 'You said: hello');
assert.deepEqual(fake.mistakes, []);
console.log('Echoed:', fake.sent[0]?.text);
