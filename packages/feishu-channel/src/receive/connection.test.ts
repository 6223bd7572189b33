import { silentLogger } from '@threadbridge/contract';
import { createManualClock, settled } from '@threadbridge/contract/testing';
import { expect, it } from 'vitest';
import type { Api } from '../api/api.ts';
import { createConnection } from './connection.ts';

/** An SDK whose clients never get through, and how many of them were made. */
function createDeafSdk() {
  let clients = 0;
  class WSClient {
    constructor() {
      clients += 1;
    }
    start = async () => {};
    close() {}
    getConnectionStatus = () => ({ state: 'connecting' });
  }
  class EventDispatcher {
    register = () => this;
  }
  const api = { sdk: async () => ({ sdk: { WSClient, EventDispatcher, LoggerLevel: { info: 3 } } }), options: {} };
  return { api: api as unknown as Api, clients: () => clients };
}

it('replaces a client that does not get through, also where the clock was put back meanwhile', async () => {
  const clock = createManualClock();
  let backMs = 0;
  const { api, clients } = createDeafSdk();
  const connection = createConnection({
    ...{ api, logger: silentLogger, pongTimeoutS: 1, handlers: {}, onConnected() {}, onLink() {} },
    clock: { now: () => clock.now() - backMs, sleep: clock.sleep },
  });
  const stop = new AbortController();
  const running = connection.run(stop.signal);
  await settled();
  await clock.advance(10_000);
  backMs = 76 * 60_000;
  await clock.advance(19_999);
  expect(clients()).toBe(1);
  await clock.advance(1);
  expect(clients()).toBe(2);
  stop.abort();
  await running;
});
