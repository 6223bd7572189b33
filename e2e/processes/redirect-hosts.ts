import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Loaded before a program (`node --import`), it sends what goes to official addresses to fakes on loopback instead. `REDIRECTED_HOSTS`: JSON,
 * the fake's address by the host it stands for.
 */
const fakes = new Map(Object.entries(JSON.parse(process.env.REDIRECTED_HOSTS ?? '{}') as Record<string, string>));

const realFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const fake = fakes.get(url.hostname);
  return realFetch(fake === undefined ? input : new URL(`${url.pathname}${url.search}`, fake), init);
};

const realRequest = https.request;
https.request = ((options: https.RequestOptions, onResponse: (response: http.IncomingMessage) => void) => {
  const fake = fakes.get(options.hostname ?? options.host ?? '');
  if (fake === undefined) return realRequest(options, onResponse);
  const { hostname, port } = new URL(fake);
  // Made for TLS.
  const { agent: _, agents: __, ...rest } = options as https.RequestOptions & { readonly agents?: unknown };
  return http.request({ ...rest, protocol: 'http:', hostname, host: hostname, port }, onResponse);
}) as typeof https.request;
syncBuiltinESMExports();
