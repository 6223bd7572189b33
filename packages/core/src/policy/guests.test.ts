import { asId, type Scope, scopeId } from '@threadbridge/contract';
import { expect, it } from 'vitest';
import { commands } from '../commands/registry.ts';
import { givenScope, message, owner, pressed, stranger, testRules, tokenFor } from '../testing/given.ts';

const group: Scope = { id: scopeId(asId('fake'), 'group'), channel: asId('fake'), kind: 'group' };
const given = givenScope({
  access: { ...testRules.access, chats: [group.id] },
  workspaces: { default: '/work/secret-project', aliases: { hush: '/work/hush' } },
});
const forbidden = commands.filter((command) => command.role !== 'guest' || command.place === 'private');
const leaks = /secret-project|hush|\.codex/;

it.each(forbidden.map(({ name }) => [name]))(
  'a guest of a group may not give /%s, typed or pressed; it leaves a line and tells nothing',
  (name) => {
    const before = given.running();
    const typed = before.when(message(`/${name} all`, { by: stranger, scope: group })).decision;
    const token = tokenFor({ type: 'command', name, args: 'all' }, { scope: group });
    const clicked = before.when(pressed(token, { by: stranger, scope: group })).decision;
    expect(typed.effects.map((effect) => effect.type)).toEqual(['deliver']);
    expect(clicked.effects).toMatchObject([{ type: 'action.respond', keepsMessage: true }]);
    for (const made of [typed, clicked]) {
      expect(JSON.stringify(made.effects)).toMatch(/ is for |private chat only/);
      expect(JSON.stringify(made.effects)).not.toMatch(leaks);
      expect(made.audit).toMatchObject([{ kind: 'access', outcome: 'refused', actor: stranger.id }]);
      expect(made.facts).toEqual([]);
      expect(made.inputs).toEqual([]);
      expect(made.state.phase).toEqual(before.state.phase);
    }
  },
);

it('a guest stops nobody else’s place: a control of another conversation is refused', () => {
  const elsewhere = tokenFor({ type: 'command', name: 'stop' });
  const { decision } = given.running().when(pressed(elsewhere, { by: stranger, scope: group }));
  expect(decision.effects).toMatchObject([
    { type: 'action.respond', keepsMessage: true, message: { markdown: expect.stringMatching(/another conversation/) } },
  ]);
});

it('nobody in a group that was not approved may press anything', () => {
  const { decision } = givenScope()
    .idle()
    .when(pressed(tokenFor({ type: 'command', name: 'new' }, { scope: group }), { by: owner, scope: group }));
  expect(decision.audit).toMatchObject([{ outcome: 'refused', detail: { because: ['group not approved'] } }]);
});
