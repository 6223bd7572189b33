import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { editFile, type ModelRule, type ModelStep, type PlanStep } from '@threadbridge/testkit/model';
import { openBrowser } from '../world/open-browser.ts';
import { openFeishu } from '../world/open-feishu.ts';
import { cardPage } from './card-page.ts';

/** One conversation, told in one language. */
interface Scene {
  readonly file: string;
  readonly language: 'en' | 'zh';
  readonly wish: string;
  readonly steps: readonly [string, string, string];
  readonly finding: string;
  readonly outcome: string;
  readonly approve: string;
}

type PlanState = PlanStep['steps'][number]['status'];

const scenes: readonly Scene[] = [
  {
    file: 'feishu-card.png',
    language: 'en',
    wish: 'The title of the start page has a typo. Please mend it.',
    steps: ['Find where the title is set', 'Mend it', 'Look at the result'],
    finding: 'The title stands in `index.html`: it says **Wellcome**. I mend that one line.',
    outcome: 'Done: `index.html` now says **Welcome**. Nothing else was touched.',
    approve: 'Approve',
  },
  {
    file: 'feishu-card-zh.png',
    language: 'zh',
    wish: '首页标题有个错字，请改正。',
    steps: ['找到标题所在的文件', '改正', '检查结果'],
    finding: '标题在 `index.html` 里，写成了 **Wellcome**。我只改这一行。',
    outcome: '改好了：`index.html` 现在是 **Welcome**，其他内容没有动。',
    approve: '同意',
  },
];

/** Draws the cards of a real run of Codex, as the fake platform holds them, for the READMEs. */
await using opened = await openBrowser();
for (const scene of scenes) {
  const cards = await play(scene);
  const page = await opened.browser.newPage({ viewport: { width: 560, height: 400 }, deviceScaleFactor: 2 });
  await page.setContent(cardPage([{ said: scene.wish }, ...cards.map((card) => ({ card }))]));
  const path = join(import.meta.dirname, '..', '..', 'docs', 'pictures', scene.file);
  await page.locator('main').screenshot({ path });
  await page.close();
  console.log(path);
}

/** The cards that stand in the chat while Codex waits for an answer, as the platform holds them. */
async function play(scene: Scene): Promise<readonly unknown[]> {
  const [find, mend, look] = scene.steps;
  const plan = (...done: readonly PlanState[]): ModelStep => ({
    type: 'plan',
    steps: [find, mend, look].map((step, at) => ({ step, status: done[at] ?? 'pending' })),
  });
  const rule: ModelRule = {
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
  await using world = await openFeishu({}, {}, [rule]);
  await writeFile(join(world.workspace, 'index.html'), '<!doctype html>\n<title>Wellcome</title>\n');
  await world.start({ language: scene.language });
  world.fake.say(scene.wish, { from: 'ou_owner' });
  await world.reads(new RegExp(`^${scene.approve}$`, 'm'));
  await world.fake.until(() => world.fake.cards.some((card) => JSON.stringify(card.json).includes('"asks"')));
  const cards = world.fake.sent.flatMap(({ card }) => (card === undefined ? [] : [card]));
  // The folder of the fake's world says nothing to a reader.
  return JSON.parse(JSON.stringify(cards).replaceAll(world.workspace, '~/code/site'));
}
