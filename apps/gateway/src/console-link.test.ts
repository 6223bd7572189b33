import { expect, it } from 'vitest';
import { loadConfig, resolveProfile } from './config/load.ts';
import { consoleLink } from './console-link.ts';

it('carries the token in the fragment, which no browser sends', async () => {
  const settings = { console: { token: { source: 'env', name: 'PAGE_TOKEN' } } } as const;
  const profile = resolveProfile(await loadConfig({ environment: {}, flags: { home: '/nowhere/threadbridge', settings } }));
  const environment = { PAGE_TOKEN: 'so secret & long' };
  const link = new URL(await consoleLink({ profile, address: 'http://127.0.0.1:8766', environment }));
  expect([link.origin, link.pathname, link.search]).toEqual(['http://127.0.0.1:8766', '/', '']);
  expect(link.hash).toBe('#token=so%20secret%20%26%20long');
});
