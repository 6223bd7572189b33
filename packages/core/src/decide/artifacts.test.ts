import { actorId, asId, type Scope, type ScopeId } from '@threadbridge/contract';
import { describe, expect, it } from 'vitest';
import type { When } from '../testing/given.ts';
import {
  agentAnswered,
  artifact,
  artifactTaken,
  givenScope,
  madeFile,
  message,
  owner,
  privateScope,
  progressed,
  testRules,
} from '../testing/given.ts';

const given = givenScope();
const done = (...made: Parameters<typeof progressed>[2] & {}) =>
  progressed({ type: 'turn.completed', turn: asId('t'), text: 'There.' }, undefined, made);
const outcomes = ({ decision }: When) =>
  decision.audit.filter(({ kind }) => kind === 'artifact').map(({ outcome, detail }) => [outcome, detail.reason ?? 'ok']);
const afterRun = () => given.running().when(done(madeFile('report.pdf'), madeFile('.env', 'name')));

describe('files that a run made', () => {
  it('are told of with its end, and listed with what may not be sent and why', () => {
    afterRun()
      .leadsTo({ says: ['There.\n\n1 file (and 1 that may not be sent): `/artifacts`'], phase: 'idle' })
      .when(message('/artifacts'))
      .leadsTo({ says: [/`1` report\.pdf · 5 KB\n- `2` \.env · files of such a name/] });
  });

  it('are told of as what they are, where none may be sent', () => {
    given
      .running()
      .when(done(madeFile('.env', 'name')))
      .leadsTo({ says: ['There.\n\n1 file that may not be sent: `/artifacts`'] });
  });

  it('keep their number when a later run changes them', () => {
    const { state } = afterRun().decision;
    const again = given.running().state;
    const next = given.idle({ ...again, ...(state.artifacts && { artifacts: state.artifacts }) });
    next
      .when(done({ ...madeFile('report.pdf'), sizeBytes: 9_000 }, madeFile('new.txt')))
      .when(message('/artifacts'))
      .leadsTo({ says: [/`1` report\.pdf · 9 KB\n- `2` \.env[^\n]*\n- `3` new\.txt/] });
  });

  it('are looked at again, sent to the owner in private, and audited', () => {
    const asked = afterRun()
      .when(message('/sendfile 1'))
      .leadsTo({ asks: ['artifact.take'] });
    expect(asked.decision.effects).toMatchObject([{ path: '/work/app/report.pdf', sha256: madeFile('report.pdf').sha256 }]);
    const sent = asked.when(artifactTaken('1', { isTaken: true, file: artifact('report.pdf') }));
    expect(sent.decision.effects).toMatchObject([{ type: 'deliver', message: { files: [{ name: 'report.pdf' }] } }]);
    expect(outcomes(sent)).toEqual([['sent', 'ok']]);
    const changed = asked.when(artifactTaken('1', { isTaken: false, reason: 'changed' }));
    changed.leadsTo({ says: [/“report\.pdf” was not sent: it has changed/] });
    expect(outcomes(changed)).toEqual([['refused', 'changed']]);
  });

  it('are sent all together but for what may not be', () => {
    afterRun()
      .when(message('/sendfile all'))
      .leadsTo({ asks: ['artifact.take'] });
    const refused = afterRun()
      .when(message('/sendfile 2'))
      .leadsTo({ says: [/\.env.*secrets/] });
    expect(outcomes(refused)).toEqual([['refused', 'name']]);
    afterRun()
      .when(message('/sendfile 7'))
      .leadsTo({ says: [/no file of that number/] });
    afterRun()
      .when(message('/sendfile /etc/passwd'))
      .leadsTo({ says: [/no file of that number/] });
  });
});

describe('who may have them', () => {
  const group: Scope = { ...privateScope, id: asId<ScopeId>('fake:group'), kind: 'group' };
  const friend = actorId(privateScope.channel, 'friend');
  const rules = { access: { ...testRules.access, users: [friend], chats: [group.id] } };

  it('is nobody in a group, not even the owner', () => {
    const inGroup = givenScope(rules).running();
    const shared = givenScope(rules).idle({ ...inGroup.state, scope: group });
    const { decision } = shared.when(done(madeFile('report.pdf')));
    expect(decision.state.artifacts).toBeUndefined();
    expect(JSON.stringify(decision.effects)).not.toContain('/artifacts');
    for (const by of [owner, { id: friend }, { id: actorId(privateScope.channel, 'guest') }]) {
      const asked = givenScope(rules)
        .idle({ scope: group })
        .when(message('/sendfile all', { by, scope: group }))
        .leadsTo({ says: [/works in a private chat only/] });
      expect(asked.decision.audit).toMatchObject([{ kind: 'access', outcome: 'refused' }]);
    }
    const late = givenScope(rules)
      .idle({ scope: group })
      .when(artifactTaken('1', { isTaken: true, file: artifact('report.pdf') }));
    expect(JSON.stringify(late.decision.effects)).not.toContain('files');
    expect(outcomes(late)).toEqual([['refused', 'policy']]);
  });

  it('is no user in private either, who sees the list alone', () => {
    const { state } = afterRun().decision;
    const theirs = givenScope(rules).idle(state);
    theirs.when(message('/artifacts', { by: { id: friend } })).leadsTo({ says: [/report\.pdf/] });
    theirs.when(message('/sendfile 1', { by: { id: friend } })).leadsTo({ says: [/is for owners/] });
    const { decision } = theirs.when(artifactTaken('1', { isTaken: true, file: artifact('report.pdf') }, friend));
    expect(JSON.stringify(decision.effects)).not.toContain('"files"');
  });
});

it('/diff asks for the last turn of the thread here, and shows its patches in blocks that they cannot close', () => {
  const ask = { what: 'diff', by: owner.id, thread: asId<never>('t') } as const;
  const running = given.running({ phase: { thread: asId('t') } });
  expect(running.when(message('/diff')).decision.effects).toMatchObject([{ type: 'agent.ask', ask }]);
  given
    .idle()
    .when(message('/diff'))
    .leadsTo({ says: [/no thread here yet/] });
  const changes = [{ path: '/work/app/a.md', kind: 'update', diff: '@@\n-a\n+```\n' }] as const;
  given
    .idle()
    .when(agentAnswered(ask, { type: 'diff', changes }))
    .leadsTo({ says: ['update `/work/app/a.md`\n\n````diff\n@@\n-a\n+```\n````'] });
  given
    .idle()
    .when(agentAnswered(ask, { type: 'diff', changes: [] }))
    .leadsTo({ says: [/changed no files/] });
});
