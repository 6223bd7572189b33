import { expect, it } from 'vitest';
import { isHostAllowed, isLoopback, parseHost } from './host.ts';

it('knows the names of this computer, and those it is given', () => {
  const others = new Set(['codex.test']);
  for (const host of ['localhost', '127.0.0.1:8765', '[::1]', 'CODEX.test:1']) expect(isHostAllowed(host, others)).toBe(true);
  for (const host of ['evil.example', '127.0.0.1.evil.example', undefined, '']) expect(isHostAllowed(host, others)).toBe(false);
});

it('takes nothing for a host that two programs could read differently', () => {
  for (const host of ['a@b', 'a:1:2', 'a/b', 'a b', '[::1', '::1', 'a,b', 'a:port']) expect(parseHost(host)).toBeUndefined();
});

it('knows which addresses keep other computers out', () => {
  expect(['127.0.0.1', '127.1.2.3', '::1', 'localhost'].every(isLoopback)).toBe(true);
  expect(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.evil', 'example.org'].some(isLoopback)).toBe(false);
});
