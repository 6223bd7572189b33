import { expect, it } from 'vitest';
import { agentAnswered, givenScope, owner, resolved } from '../testing/given.ts';

const given = givenScope();
const model = { id: 'gpt-b', title: 'B', isDefault: false, efforts: [] } as never;

it('a workspace or a model that was chosen by chat leaves a line; one that was not does not', () => {
  const by = owner.id;
  const moved = given.idle().when(resolved({ type: 'workspace.use', by })).decision;
  expect(moved.audit).toMatchObject([
    { kind: 'config', actor: by, outcome: 'workspace changed', detail: { workspace: '/work/app' } },
  ]);
  const stayed = given
    .idle()
    .when(resolved({ type: 'workspace.use', by }, { allowed: false, reason: 'It is too wide.' })).decision;
  expect(stayed.audit).toEqual([]);
  const chosen = given
    .idle()
    .when(agentAnswered({ what: 'models', by, wanted: 'gpt-b' }, { type: 'models', models: [model] })).decision;
  expect(chosen.audit).toMatchObject([{ kind: 'config', actor: by, outcome: 'model changed', detail: { model: 'gpt-b' } }]);
  const listed = given.idle().when(agentAnswered({ what: 'models', by }, { type: 'models', models: [model] })).decision;
  expect(listed.audit).toEqual([]);
});
