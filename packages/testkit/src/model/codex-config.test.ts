import { expect, it } from 'vitest';
import { codexConfigFor, toConfigFlags } from './codex-config.ts';

it('becomes one dotted flag a value, in TOML', () => {
  const flags = toConfigFlags(codexConfigFor('http://127.0.0.1:1/v1', { streamMaxRetries: 0 }));
  expect(flags).toContain('model_providers.scripted.base_url="http://127.0.0.1:1/v1"');
  expect(flags).toContain('model_providers.scripted.stream_max_retries=0');
  expect(flags).toContain('features.plugins=false');
  expect(flags.filter((_, index) => index % 2 === 0).every((flag) => flag === '-c')).toBe(true);
});
