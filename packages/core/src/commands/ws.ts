import { rowsFor } from '../decide/controls.ts';
import { decision, say } from '../decide/decision.ts';
import { inline } from '../texts/visible.ts';
import type { Command } from './command.ts';

export const ws: Command = {
  name: 'ws',
  usage: '/ws [NAME]',
  role: 'admin',
  place: 'private',
  help: { en: 'work in a named workspace; alone it lists them', zh: '切换到已命名的工作区；不带名称则列出' },
  decide({ state, rules, texts, voice, actor, args }) {
    const named = {
      ...(rules.workspaces.default !== undefined && { default: rules.workspaces.default }),
      ...rules.workspaces.aliases,
    };
    const path = Object.hasOwn(named, args) ? named[args as keyof typeof named] : undefined;
    if (path !== undefined)
      return decision(state, [{ type: 'workspace.resolve', path, purpose: { type: 'workspace.use', by: actor.id } }]);
    const lines = Object.entries(named).map(([name, where]) => `- \`${name}\` \`${where}\``);
    const head = args === '' ? [] : [texts.workspaceUnknown({ name: inline(args) })];
    const told = [...head, ...(lines.length === 0 ? [texts.workspacesNone()] : lines)].join('\n');
    const rows = Object.entries(named).map(([name, where]) => ({ label: name, detail: where, name: 'ws', args: name }));
    return decision(state, say(voice, told, rowsFor(voice, actor.id, rows)));
  },
};
