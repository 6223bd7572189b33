import { asId, type ScopeId } from '@threadbridge/contract';
import { type Decision, decision, say } from '../decide/decision.ts';
import type { Group } from '../decide/facts.ts';
import type { Command, CommandContext } from './command.ts';

export const group: Command = {
  name: 'group',
  usage: '/group approve|status|disable|reset ID [workspace], /group list',
  role: 'owner',
  place: 'private',
  help: { en: 'open a group for questions, or close it', zh: '开放或关闭一个群' },
  decide(context) {
    const { state, rules, texts, voice, args } = context;
    const [verb = '', id = '', access = 'read-only', ...more] = args.split(/\s+/);
    const known = rules.facts.groups.get(id);
    const isAccess = access === 'read-only' || access === 'workspace';
    if (verb === 'list' && id === '') {
      const lines = [...rules.facts.groups.values()].map((one) =>
        texts.groupLine({ group: one.name, status: one.status, access: one.access }),
      );
      return decision(state, say(voice, lines.length === 0 ? texts.groupsNone() : lines.join('\n')));
    }
    if (!id.includes(':') || !isAccess || more.length > 0) return decision(state, say(voice, texts.usage({ usage: this.usage })));
    switch (verb) {
      case 'approve':
        return judge(context, id, 'approved', access);
      case 'disable':
        return judge(context, id, 'disabled', 'read-only');
      case 'status':
        return decision(
          state,
          say(voice, texts.groupLine({ group: id, status: known?.status ?? 'unknown', access: known?.access ?? 'read-only' })),
        );
      case 'reset':
        return decision(state, say(voice, texts.groupReset({ group: id })), {
          facts: [{ type: 'remove', kind: 'group', name: id }],
          audit: [line(context, 'group reset', id, 'read-only')],
        });
      default:
        return decision(state, say(voice, texts.usage({ usage: this.usage })));
    }
  },
};

function judge(context: CommandContext, id: string, status: 'approved' | 'disabled', access: Group['access']): Decision {
  const { state, texts, voice, actor, at } = context;
  const fact: Group = { kind: 'group', name: asId<ScopeId>(id), status, access, addedBy: actor.id, addedAt: at };
  return decision(state, say(voice, texts.groupLine({ group: id, status, access })), {
    facts: [{ type: 'put', fact }],
    audit: [line(context, `group ${status}`, id, access)],
  });
}

function line({ at, event, actor }: CommandContext, outcome: string, id: string, access: string) {
  return { at, kind: 'config', scope: event.scope.id, actor: actor.id, outcome, detail: { group: id, access } } as const;
}
