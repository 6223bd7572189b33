import type { Browser } from 'playwright-core';
import { openPage } from '../world/open-page.ts';
import { openWorld } from '../world/open-world.ts';
import { furnish, pictureFile, ruleOf, type Scene } from './scenes.ts';

const token = 'a-token-that-nobody-guesses-0123456789';
const views = [
  { name: 'console-desktop', width: 1280, theme: 'light' },
  { name: 'console-phone', width: 390, theme: 'dark' },
] as const;

/** Draws the console while a real run of Codex waits for an answer: at a desk, and on a phone. */
export async function drawConsole(browser: Browser, scene: Scene): Promise<void> {
  const { language } = scene;
  for (const { name, width, theme } of views) {
    await using world = await openWorld({
      rules: [ruleOf(scene)],
      settings: {
        language,
        permissions: { defaultAccess: 'read-only', maxAccess: 'workspace', network: false },
        console: { enabled: true, port: 0, token: { source: 'exec', command: ['printf', token] } },
      },
    });
    await furnish(world.workspace);
    const { ready } = await world.start();
    await using open = await openPage({ browser, address: `${ready.console}/#token=${token}`, width, language, theme });
    await open.page.setViewportSize({ width, height: 960 });
    await open.say(scene.wish);
    await open.page.getByRole('button', { name: scene.approve, exact: true }).waitFor();
    const [from, to] = [world.workspace, '~/code/site'].map((path) => JSON.stringify(path));
    // The folder of this world says nothing to a reader.
    await open.page.evaluate(`for (const code of document.querySelectorAll('code'))
      if (code.textContent.includes(${from})) code.textContent = code.textContent.replace(${from}, ${to})`);
    await open.page.screenshot({ path: pictureFile(name, scene), animations: 'disabled' });
  }
}
