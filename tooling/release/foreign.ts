import type { Manifest } from './packs.ts';

/** Heavy things and the one package that may bring each. */
const heavy: Readonly<Record<string, string>> = {
  '@openai/codex': '@threadbridge/codex-runner',
  '@larksuiteoapi/node-sdk': '@threadbridge/feishu-channel',
  'better-sqlite3': '@threadbridge/store',
};

/** Heavy things that came along although the package needs nobody who owns them. */
export function foreignIn(manifest: Manifest, installed: readonly string[], all: readonly Manifest[]): readonly string[] {
  const needed = withSiblings(manifest.name, all);
  return installed.filter((name) => heavy[name] !== undefined && !needed.has(heavy[name]));
}

function withSiblings(name: string, all: readonly Manifest[], known = new Set<string>()): ReadonlySet<string> {
  const manifest = all.find((one) => one.name === name);
  if (manifest === undefined || known.has(name)) return known;
  known.add(name);
  for (const dependency of Object.keys(manifest.dependencies ?? {})) withSiblings(dependency, all, known);
  return known;
}
