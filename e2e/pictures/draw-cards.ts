import type { Browser } from 'playwright-core';
import { openFeishu } from '../world/open-feishu.ts';
import { cardPage } from './card-page.ts';
import { furnish, pictureFile, ruleOf, type Scene } from './scenes.ts';

/** Draws the cards of a real run of Codex, as the fake platform holds them. */
export async function drawCards(browser: Browser, scene: Scene): Promise<void> {
  const cards = await play(scene);
  const page = await browser.newPage({ viewport: { width: 560, height: 400 }, deviceScaleFactor: 2 });
  await page.setContent(cardPage([{ said: scene.wish }, ...cards.map((card) => ({ card }))]));
  await page.locator('main').screenshot({ path: pictureFile('feishu-card', scene) });
  await page.close();
}

/** The cards that stand in the chat while Codex waits for an answer. */
async function play(scene: Scene): Promise<readonly unknown[]> {
  await using world = await openFeishu({}, {}, [ruleOf(scene)]);
  await furnish(world.workspace);
  await world.start({ language: scene.language });
  world.fake.say(scene.wish, { from: 'ou_owner' });
  await world.reads(new RegExp(`^${scene.approve}$`, 'm'));
  await world.fake.until(() => world.fake.cards.some((card) => JSON.stringify(card.json).includes('"asks"')));
  const cards = world.fake.sent.flatMap(({ card }) => (card === undefined ? [] : [card]));
  // The folder of the fake's world says nothing to a reader.
  return JSON.parse(JSON.stringify(cards).replaceAll(world.workspace, '~/code/site'));
}
