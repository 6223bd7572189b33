import type { Setting } from './setting.ts';

/** Whether the steps of runs are told here, where there is no live view. */
export const verbosity: Setting = {
  name: 'verbosity',
  label: { en: 'Steps of a run', zh: '任务步骤' },
  show: ({ state, rules, texts }) => texts.verbosity({ mode: state.verbosity ?? rules.runs.verbosity }),
  change: {
    values: ['quiet', 'verbose'],
    role: 'user',
    place: 'anywhere',
    to: (value, { state }) => ({ state: { ...state, verbosity: value === 'verbose' ? 'verbose' : 'quiet' } }),
  },
};
