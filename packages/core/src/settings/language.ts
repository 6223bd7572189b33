import type { Preference } from '../decide/facts.ts';
import type { Setting } from './setting.ts';

/** In which language somebody is spoken to in private. */
export const language: Setting = {
  name: 'language',
  label: { en: 'Language', zh: '语言' },
  show: ({ rules }) => ({ en: 'English', zh: '中文' })[rules.language],
  change: {
    values: ['en', 'zh'],
    role: 'user',
    place: 'private',
    to(value, { state, actor, at }) {
      const fact: Preference = {
        ...{ kind: 'preference', name: actor.id, language: value === 'zh' ? 'zh' : 'en' },
        ...{ addedBy: actor.id, addedAt: at },
      };
      return { state: { ...state, person: actor.id }, facts: [{ type: 'put', fact }] };
    },
  },
};
