import { asId, type Scope, scopeId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import { owner, stranger, testRules } from '../testing/given.ts';
import { fingerprint } from './fingerprint.ts';
import { accessOf, planRun } from './plan-run.ts';
import { checkWorkspace, type Places } from './workspace-rules.ts';

const scope = (kind: Scope['kind'], id = kind): Scope => ({ id: scopeId(asId('fake'), id), channel: asId('fake'), kind });
const workspace = asId<never>('/work/app');

describe('access', () => {
  it('never goes above the ceiling', () => {
    const rules = { ...testRules, permissions: { defaultAccess: 'full', maxAccess: 'workspace', network: false } } as const;
    expect(accessOf(scope('private'), [owner.id], rules).access).toBe('workspace');
  });

  it('is read-only in groups whatever the default', () => {
    const rules = { ...testRules, permissions: { defaultAccess: 'full', maxAccess: 'full', network: false } } as const;
    expect(accessOf(scope('group'), [owner.id], rules).access).toBe('read-only');
    expect(accessOf(scope('topic'), [owner.id], rules).access).toBe('read-only');
    expect(accessOf(scope('private'), [owner.id], rules).access).toBe('full');
  });
});

describe('the fingerprint', () => {
  it('changes with everything that must not change unnoticed', () => {
    const plans = [
      planRun(scope('private'), [owner.id], workspace, testRules),
      planRun(scope('private', 'other' as never), [owner.id], workspace, testRules),
      planRun(scope('private'), [owner.id], asId('/work/b'), testRules),
      planRun(scope('private'), [owner.id], workspace, {
        ...testRules,
        permissions: { ...testRules.permissions, network: true },
      }),
      planRun(scope('private'), [owner.id], workspace, {
        ...testRules,
        permissions: { ...testRules.permissions, defaultAccess: 'read-only' },
      }),
      planRun(scope('private'), [owner.id], workspace, { ...testRules, codex: { identity: 'someone else' } }),
    ];
    expect(new Set(plans.map((plan) => plan.fingerprint)).size).toBe(plans.length);
  });

  it('differs with the platform identity, which only the owner’s own runs are given', () => {
    const bot = { identity: 'bot-only:1', variables: { LARKSUITE_CLI_CONFIG_DIR: '/p/cli' } };
    const rules = { ...testRules, projections: { fake: bot } };
    const plan = planRun(scope('private'), [owner.id], workspace, rules);
    expect(plan).toMatchObject({ variables: bot.variables, because: expect.arrayContaining(['platform identity: bot-only:1']) });
    expect(plan.fingerprint).not.toBe(planRun(scope('private'), [owner.id], workspace, testRules).fingerprint);
    const others = { ...rules, projections: { other: bot } };
    expect(planRun(scope('private'), [owner.id], workspace, others)).toEqual(
      planRun(scope('private'), [owner.id], workspace, testRules),
    );
    for (const kind of ['group', 'topic', 'comment'] as const)
      expect(planRun(scope(kind), [owner.id], workspace, rules).variables).toBeUndefined();
    expect(planRun(scope('private'), [owner.id, stranger.id], workspace, rules).variables).toBeUndefined();
  });

  it('does not depend on the order of its parts', () => {
    expect(fingerprint({ a: 1, b: 2 })).toBe(fingerprint({ b: 2, a: 1 }));
  });
});

describe('workspaces', () => {
  const unix: Places = {
    ...{ separator: '/', home: '/home/ada', tooBroad: ['/tmp', '/home/ada/Desktop', '/home'] },
    offLimits: ['/home/ada/.threadbridge', '/home/ada/.codex', '/etc'],
  };
  it.each([
    ['/', 'root'],
    ['/home/ada', 'home'],
    ['/home', 'containsHome'],
    ['/tmp', 'tooBroad'],
    ['/home/ada/Desktop', 'tooBroad'],
    ['/home/ada/.codex', 'offLimits'],
    ['/home/ada/.threadbridge/profiles', 'offLimits'],
    ['/etc/ssl', 'offLimits'],
    ['/home/ada/code', undefined],
    ['/home/ada/.codex-notes', undefined],
    ['/tmp/project', undefined],
    ['/home/ada/Desktop/app', undefined],
  ])('%s: %s', (path, refusal) => {
    expect(checkWorkspace(path, unix)).toBe(refusal);
  });

  it('knows the roots of Windows', () => {
    const windows: Places = { separator: '\\', home: 'C:\\Users\\ada', tooBroad: [], offLimits: ['C:\\Windows'] };
    expect(checkWorkspace('C:\\', windows)).toBe('root');
    expect(checkWorkspace('\\\\server\\share', windows)).toBe('root');
    expect(checkWorkspace('C:\\Users', windows)).toBe('containsHome');
    expect(checkWorkspace('C:\\Windows\\System32', windows)).toBe('offLimits');
    expect(checkWorkspace('C:\\Users\\ada\\code', windows)).toBeUndefined();
  });
});
