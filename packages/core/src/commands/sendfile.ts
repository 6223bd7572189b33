import type { AuditEntry } from '../decide/audit.ts';
import { type Decision, decision, say } from '../decide/decision.ts';
import type { Effect } from '../decide/effect.ts';
import type { Command } from './command.ts';

export const sendfile: Command = {
  name: 'sendfile',
  usage: '/sendfile ID|all',
  role: 'owner',
  place: 'private',
  help: { en: 'send a file that a run made', zh: '发送任务生成的文件' },
  decide({ state, texts, voice, args, actor, at }): Decision {
    if (args === '') return decision(state, say(voice, texts.usage({ usage: this.usage })));
    const files = state.artifacts?.files ?? [];
    const wanted = args === 'all' ? files.filter(({ blocked }) => blocked === undefined) : files.filter(({ id }) => id === args);
    if (wanted.length === 0) return decision(state, say(voice, args === 'all' ? texts.artifactsNone() : texts.artifactUnknown()));
    const audit: AuditEntry[] = [];
    const effects = wanted.flatMap(({ id, name, path, workspace, sha256, mediaType, text, blocked }): readonly Effect[] => {
      if (text !== undefined) return [{ type: 'artifact.keep', artifact: id, by: actor.id, name, mediaType, text }];
      if (blocked === undefined) return [{ type: 'artifact.take', artifact: id, by: actor.id, path, workspace, sha256 }];
      const detail = { name, reason: blocked };
      audit.push({ at, kind: 'artifact', scope: state.scope.id, actor: actor.id, outcome: 'refused', detail });
      return say(voice, texts.fileBlocked({ name, reason: blocked }));
    });
    return decision(state, effects, { audit });
  },
};
