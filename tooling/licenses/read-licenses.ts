import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Under which what is published may depend on others: all permit use, change and sale, and ask for a notice at most. */
const allowed: ReadonlySet<string> = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'OFL-1.1']);

/** Somebody else's package that comes along with one of ours. */
export interface Licensed {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly license: string;
}

/** Built into a package of ours, so that no manifest names it. What is built into the page of the console is named by its build. */
const builtIn = {
  'packages/store': ['drizzle-orm'],
  'packages/feishu-channel': ['@larksuiteoapi/node-sdk'],
  'packages/feishu-channel/node_modules/@larksuiteoapi/node-sdk': ['lodash.identity', 'lodash.merge', 'lodash.pickby'],
  'packages/pictures': ['@fontsource/cascadia-mono', '@fontsource/noto-emoji', '@fontsource/noto-sans-sc'],
};

const root = join(import.meta.dirname, '..', '..');

interface Listed {
  readonly name: string;
  readonly versions: readonly string[];
  readonly paths: readonly string[];
}

/** What an installation of any of our packages brings, by name; they have to be built. Programs for one platform alone go with the package that loads them. */
export async function readLicenses(): Promise<readonly Licensed[]> {
  const published = ['packages', 'apps'].flatMap((group) => readdirSync(join(root, group)).map((name) => `./${group}/${name}`));
  const filters = published.flatMap((path) => ['--filter', path]);
  const command = ['pnpm', [...filters, 'licenses', 'list', '--prod', '--json'], { cwd: root, maxBuffer: 2 ** 26 }] as const;
  const { stdout } = await promisify(execFile)(...command);
  const byLicense = JSON.parse(stdout) as Readonly<Record<string, readonly Listed[]>>;
  const listed = Object.entries(byLicense).flatMap(([license, packages]) =>
    packages
      .filter(({ paths }) => !isForOnePlatform(paths))
      .flatMap((one) => one.versions.map((version) => ({ name: one.name, version, license }))),
  );
  const built = Object.entries(builtIn).flatMap(([folder, names]) => names.map((name) => manifestOf(folder, name)));
  const all = new Map([...listed, ...built, ...inPage()].map((one) => [`${one.name}@${one.version}`, one]));
  return [...all.values()].toSorted((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/** Whether one of the choices that the expression leaves is allowed. Expressions with `AND` or exceptions are for people to look at. */
export function isAllowed(license: string): boolean {
  return license
    .replaceAll(/^\(|\)$/g, '')
    .split(' OR ')
    .some((one) => allowed.has(one));
}

/** The page that `docs/licenses.md` has to be. */
export function toPage(packages: readonly Licensed[]): string {
  const licenses = [...new Set(packages.map(({ license }) => license))].toSorted();
  const sections = licenses.map((license) => {
    const own = packages.filter((one) => one.license === license);
    return `## ${license}\n\n${own.map(({ name, version }) => `- ${name} ${version}`).join('\n')}\n`;
  });
  return [
    '# Licences of what comes along\n',
    'Everything by others that an installation of any of our packages brings, or that is built into one. Written by',
    '`node tooling/licenses/write-licenses.ts`; a test holds it against what is installed, and every licence against those that are allowed.',
    'Texts of what is built in lie beside it: `licences/` in the store and the Feishu channel, `dist/web/licences.md` in the console, `fonts/` in the pictures.\n',
    ...sections,
  ].join('\n');
}

function isForOnePlatform(paths: readonly string[]): boolean {
  return paths.some((path) => {
    const { os, cpu } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as {
      readonly os?: unknown;
      readonly cpu?: unknown;
    };
    return os !== undefined || cpu !== undefined;
  });
}

function inPage(): readonly Licensed[] {
  const text = readFileSync(join(root, 'packages/console/dist/web/licences.md'), 'utf8');
  const heads = text.matchAll(/^## (?<name>\S+) - (?<version>\S+) \((?<license>.+)\)$/gm);
  return Array.from(heads, ({ groups: { name = '', version = '', license = '' } = {} }) => ({ name, version, license }));
}

function manifestOf(folder: string, name: string): Licensed {
  const from = join(realpathSync(join(root, folder)), 'package.json');
  const places = (createRequire(from).resolve.paths(name) ?? []).map((place) => join(place, name, 'package.json'));
  const path = places.find((place) => existsSync(place)) ?? '';
  const { version, license } = JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string; readonly license: string };
  return { name, version, license };
}
