import { resolve } from 'node:path';
import { examineWorkspace } from '@threadbridge/gateway';
import { shortPathIn } from '../../open-chat.ts';
import type { Guide } from '../guide.ts';
import type { Setup } from '../setup.ts';
import type { FirstRunStep } from '../step.ts';

/** There is a directory in which Codex works, and it may. */
export const chooseWorkspace: FirstRunStep = {
  name: 'workspace',
  async look(setup) {
    const { firstRun } = setup.io.texts;
    const { file } = await setup.loaded();
    const { name, settings, origin } = await setup.profile();
    const path = settings.workspaces.default;
    const remedy = firstRun.workspaceRemedy({ file, profile: name });
    if (path === null) return { isDone: false, text: firstRun.workspaceMissing, remedy };
    const verdict = await examine(setup, path);
    // What this call says itself is refused by the start, not asked again.
    if (verdict.allowed || origin(['workspaces', 'default']).type === 'flag')
      return { isDone: true, text: firstRun.worksIn(shortPath(path)) };
    return { isDone: false, text: verdict.reason, remedy };
  },
  async lead(setup, guide) {
    const { firstRun } = setup.io.texts;
    const here = await examine(setup, process.cwd());
    if (!here.allowed) guide.tell(here.reason);
    const choice = await guide.choose<'here' | 'other' | 'later'>(firstRun.whichWorkspace, [
      ...(here.allowed ? [{ value: 'here' as const, label: shortPath(here.path), hint: firstRun.thisOne }] : []),
      { value: 'other', label: firstRun.otherOne },
      { value: 'later', label: firstRun.later, hint: firstRun.workspaceLaterHint },
    ]);
    if (choice === 'later') return 'skipped';
    const path = choice === 'here' && here.allowed ? here.path : await askForPath(setup, guide);
    await setup.change({ path: ['workspaces', 'default'], value: path });
    return 'led';
  },
};

async function askForPath(setup: Setup, guide: Guide): Promise<string> {
  for (let typed = '~/'; ; ) {
    typed = (await guide.type(setup.io.texts.firstRun.pathOf, { initial: typed })).trim();
    const verdict = await examine(setup, typed.startsWith('~') ? typed : resolve(typed));
    if (verdict.allowed) return verdict.path;
    guide.tell(verdict.reason, 'trouble');
  }
}

async function examine({ io, profile }: Setup, path: string) {
  const { language } = io;
  return examineWorkspace({ profile: await profile(), environment: io.environment, path, language });
}

const shortPath = shortPathIn(undefined);
