import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

interface FoundBrowser {
  readonly executablePath: string;
  readonly env?: Readonly<Record<string, string>>;
}

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Whether a browser can be had here: the one that npm brings for Linux on x64, or one of the system. */
export const hasBrowser = (process.platform === 'linux' && process.arch === 'x64') || installed.some(existsSync);

/** A real Chromium without a window. */
export interface OpenBrowser extends AsyncDisposable {
  readonly browser: Browser;
}

export async function openBrowser(): Promise<OpenBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'threadbridge-browser-'));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  try {
    const { executablePath, env } = (await unpack(folder)) ?? findInstalled();
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--font-render-hinting=none'],
      ...(env && { env: { ...plainEnvironment(), ...env } }),
    });
    return {
      browser,
      async [Symbol.asyncDispose]() {
        await browser.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Unpacks the browser of the npm package, and the libraries that a bare system has not. Undefined: it is not there, or not for this machine. */
async function unpack(folder: string): Promise<FoundBrowser | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const pack = await import('@sparticuz/chromium').catch(() => undefined);
  if (pack === undefined) return undefined;
  const bin = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'bin');
  // The package unpacks where the system keeps temporary files, under names that every process shares.
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  try {
    const [executablePath] = await Promise.all(
      ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'].map((name) => pack.inflate(join(bin, name))),
    );
    if (executablePath === undefined) return undefined;
    const fonts = join(folder, 'own-fonts.conf');
    await writeFile(fonts, fontConfig(folder));
    return { executablePath, env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: fonts, HOME: folder } };
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}

/** The package's own names places of another system, and a browser that finds no font at all ends itself. */
function fontConfig(folder: string): string {
  const places = [join(folder, 'fonts'), '/usr/share/fonts'].map((path) => `<dir>${path}</dir>`).join('');
  const head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">';
  return `${head}<fontconfig>${places}<cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>\n`;
}

function findInstalled(): FoundBrowser {
  const executablePath = installed.find(existsSync);
  if (executablePath === undefined) throw new Error('No Chromium was found on this machine.');
  return { executablePath };
}

function plainEnvironment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8' };
}
