import type { Options } from 'tsup';

/** The one way packages are bundled: ESM for Node 20, source maps, declarations left to tsc. */
export function preset(entry: Record<string, string>, options: Options = {}): Options {
  return {
    entry,
    format: 'esm',
    target: 'node20',
    platform: 'node',
    sourcemap: true,
    clean: true,
    dts: false,
    ...options,
  };
}
