import { openBrowser } from '../world/open-browser.ts';
import { drawCards } from './draw-cards.ts';
import { drawConsole } from './draw-console.ts';
import { scenes } from './scenes.ts';

await using opened = await openBrowser();
for (const scene of scenes) {
  await drawCards(opened.browser, scene);
  await drawConsole(opened.browser, scene);
}
