import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { editFile, type ModelRule, type ModelStep, type PlanStep } from '@threadbridge/testkit/model';

/** One conversation, told in one language. */
export interface Scene {
  readonly language: 'en' | 'zh';
  readonly wish: string;
  readonly steps: readonly [string, string, string];
  readonly finding: string;
  readonly outcome: string;
  readonly approve: string;
}

type PlanState = PlanStep['steps'][number]['status'];

export const scenes: readonly Scene[] = [
  {
    language: 'en',
    wish: 'The title of the start page has a typo. Please mend it.',
    steps: ['Find where the title is set', 'Mend it', 'Look at the result'],
    finding: 'The title stands in `index.html`: it says **Wellcome**. I mend that one line.',
    outcome: 'Done: `index.html` now says **Welcome**. Nothing else was touched.',
    approve: 'Approve',
  },
  {
    language: 'zh',
    wish: '首页标题有个错字，请改正。',
    steps: ['找到标题所在的文件', '改正', '检查结果'],
    finding: '标题在 `index.html` 里，写成了 **Wellcome**。我只改这一行。',
    outcome: '改好了：`index.html` 现在是 **Welcome**，其他内容没有动。',
    approve: '同意',
  },
];

/** What the model does in it: a plan, a look, and a change that is asked about. */
export function ruleOf(scene: Scene): ModelRule {
  const [find, mend, look] = scene.steps;
  const plan = (...done: readonly PlanState[]): ModelStep => ({
    type: 'plan',
    steps: [find, mend, look].map((step, at) => ({ step, status: done[at] ?? 'pending' })),
  });
  return {
    when: (request) => request.purpose === 'turn' && request.lastUserText.includes(scene.wish),
    reply: [
      plan('in_progress'),
      { type: 'command', command: 'grep -n Wellcome index.html' },
      plan('completed', 'in_progress'),
      { type: 'text', text: scene.finding },
      editFile('index.html', '<title>Wellcome</title>', '<title>Welcome</title>'),
      { type: 'text', text: scene.outcome },
    ],
  };
}

/** The file that the change is made in. */
export async function furnish(workspace: string): Promise<void> {
  await writeFile(join(workspace, 'index.html'), '<!doctype html>\n<title>Wellcome</title>\n');
}

/** Where the READMEs look for it. */
export function pictureFile(name: string, { language }: Scene): string {
  return join(import.meta.dirname, '..', '..', 'docs', 'pictures', `${name}${language === 'en' ? '' : `-${language}`}.png`);
}
