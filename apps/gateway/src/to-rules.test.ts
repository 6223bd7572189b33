import { expect, it } from 'vitest';
import { loadConfig, resolveProfile } from './config/load.ts';
import { toRules } from './to-rules.ts';

it('names the profile for commands that people are told to type, unless it is the usual one', async () => {
  const { settings } = resolveProfile(await loadConfig({ environment: {}, flags: { home: '/nowhere/threadbridge' } }));
  const rules = (profile: string) =>
    toRules(settings, { ...{ profile, tokenKey: '', codexHome: '', secretPaths: [], owners: [], programs: [] } });
  expect(rules('team').profileFlag).toBe(' --profile team');
  expect(rules('default')).not.toHaveProperty('profileFlag');
});
