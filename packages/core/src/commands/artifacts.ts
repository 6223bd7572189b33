import { decision, say } from '../decide/decision.ts';
import { fileName, kilobytes } from '../texts/file-name.ts';
import type { Command } from './command.ts';

export const artifacts: Command = {
  name: 'artifacts',
  usage: '/artifacts [ALIAS]',
  role: 'user',
  place: 'private',
  help: { en: 'files that runs made here, and which may be sent', zh: '列出任务生成的文件' },
  decide({ state, rules, texts, voice, args }) {
    const alias = args === '' ? undefined : rules.facts.aliases.get(args);
    if (args !== '' && alias === undefined) return decision(state, say(voice, texts.aliasUnknown({ name: args })));
    const files = (state.artifacts?.files ?? []).filter((file) => alias === undefined || file.thread === alias.thread);
    if (files.length === 0) return decision(state, say(voice, texts.artifactsNone()));
    const lines = files.map(({ id, name, sizeBytes, blocked }) => {
      const what = blocked === undefined ? kilobytes(sizeBytes) : texts.fileBlockedBecause({ reason: blocked });
      return `- \`${id}\` ${fileName(name)} · ${what}`;
    });
    return decision(state, say(voice, [texts.artifactsTitle(), lines.join('\n')].join('\n\n')));
  },
};
