import { asId, type Scope, scopeId } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { owner, privateScope, stranger, testRules } from '../testing/given.ts';
import { explainPolicy } from './explain-policy.ts';

const group: Scope = { id: scopeId(asId('fake'), 'g'), channel: asId('fake'), kind: 'group' };
const opened = { ...testRules, access: { ...testRules.access, chats: [group.id] } };

it('names the rules that let somebody in and bound their runs', () => {
  expect(explainPolicy({ actor: owner, scope: privateScope }, testRules)).toEqual([
    { question: 'admission', decision: 'allowed as owner', because: ['access.owners'] },
    {
      question: 'run',
      decision: expect.stringMatching(
        /^workspace \(sandbox workspace-write\), network off, approvals on-request, nothing hidden, fingerprint \w{32}$/,
      ),
      because: ['permissions.defaultAccess: workspace', 'permissions.maxAccess: workspace'],
    },
  ]);
});

it('names what keeps somebody out', () => {
  expect(explainPolicy({ actor: stranger, scope: privateScope }, testRules)).toEqual([
    { question: 'admission', decision: 'refused (stranger)', because: ['no role in this profile'] },
  ]);
  expect(explainPolicy({ actor: owner, scope: group }, testRules)).toMatchObject([
    { decision: 'refused (group)', because: ['group not approved'] },
  ]);
  expect(explainPolicy({ actor: owner, scope: group, isAddressed: false }, opened)).toMatchObject([
    { decision: 'refused (silent)' },
  ]);
});

it('tells what a guest of an opened group gets', () => {
  const [admission, run] = explainPolicy({ actor: stranger, scope: group }, opened);
  expect(admission).toMatchObject({ decision: 'allowed as guest', because: ['access.chats', 'no role in this profile'] });
  expect(run?.decision).toMatch(/^read-only .* approvals never, hidden: /);
  expect(run?.because).toContain('role guest: at most read-only');
});

it('answers for commands', () => {
  const ask = (command: string, scope = privateScope) => explainPolicy({ actor: owner, scope, command }, opened)[1];
  expect(ask('group')).toMatchObject({ decision: 'allowed' });
  expect(ask('group', group)).toMatchObject({ decision: 'refused (place)', because: ['/group is for private chats'] });
  expect(ask('nope')).toMatchObject({ decision: 'refused (unknown)' });
});

it('says that no run can begin without a workspace', () => {
  expect(explainPolicy({ actor: owner, scope: privateScope }, { ...testRules, workspaces: { aliases: {} } })[1]).toMatchObject({
    decision: 'refused',
  });
});
