import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export interface OpenPageOptions {
  readonly browser: Browser;
  /** With the token in its fragment, as `threadbridge demo` prints it. */
  readonly address: string;
  readonly width?: number;
  readonly language?: 'en' | 'zh';
  readonly theme?: 'light' | 'dark';
}

/** The console in a browser of its own. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: readonly string[];
  /** Serious findings of axe on what is shown now, a line each. https://github.com/dequelabs/axe-core */
  findings(): Promise<readonly string[]>;
  /** Writes a message and sends it. */
  say(text: string): Promise<void>;
}

export async function openPage({
  browser,
  address,
  width = 1280,
  language = 'en',
  theme = 'light',
}: OpenPageOptions): Promise<OpenPage> {
  const options: BrowserContextOptions = {
    viewport: { width, height: width < 600 ? 844 : 800 },
    locale: language === 'zh' ? 'zh-CN' : 'en-US',
    colorScheme: theme,
    hasTouch: width < 600,
    reducedMotion: 'reduce',
  };
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(address);
  return {
    page,
    complaints,
    async findings() {
      await page.evaluate(axe.source);
      const violations = await page.evaluate('axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations)');
      return (violations as readonly Violation[])
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
    },
    async say(text) {
      const field = page.getByRole('textbox', { name: language === 'zh' ? '输入消息' : 'Message' });
      await field.fill(text);
      await page.getByRole('button', { name: language === 'zh' ? '发送' : 'Send', exact: true }).click();
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}
