import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { GatewayError } from '@threadbridge/contract';
import { pinnedVersion } from '../version.ts';

/** Where to look, and on what machine. */
export interface NativeBinaryOptions {
  /** Default: this process's. */
  readonly platform?: string;
  readonly arch?: string;
  /** Resolves a module as seen from a file; given in tests. */
  readonly resolve?: (request: string, from: string) => string;
}

const targets: Readonly<Record<string, string>> = {
  'linux-x64': 'x86_64-unknown-linux-musl',
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
  'win32-x64': 'x86_64-pc-windows-msvc',
  'win32-arm64': 'aarch64-pc-windows-msvc',
};

/**
 * The native program of the `@openai/codex` this package depends on. Started directly it needs 41 MiB less than through npm's launcher, and
 * no launcher can die and leave it behind. It must stay in its folder: it looks for its helpers beside itself.
 * Throws `runner.missing`, certain.
 */
export function findNativeBinary(options: NativeBinaryOptions = {}): string {
  const platform = options.platform ?? process.platform;
  const arch = options.arch ?? process.arch;
  const resolve = options.resolve ?? ((request, from) => createRequire(from).resolve(request));
  const name = `${platform === 'android' ? 'linux' : platform}-${arch}`;
  const target = targets[name];
  if (target === undefined) {
    throw missing(
      `Codex has no program for ${name}.`,
      'Run on Linux, macOS or Windows, x64 or arm64, or name a program with the option `bin`.',
    );
  }
  const program = platform === 'win32' ? 'codex.exe' : 'codex';
  let bin: string;
  try {
    const launcher = resolve('@openai/codex/package.json', import.meta.url);
    bin = join(dirname(resolve(`@openai/codex-${name}/package.json`, launcher)), 'vendor', target, 'bin', program);
  } catch (cause) {
    throw missing(
      `The package @openai/codex-${name} was not found beside @openai/codex.`,
      `Install again with optional dependencies (\`npm install @openai/codex@${pinnedVersion} --include=optional\`), or name a program with the option \`bin\`.`,
      cause,
    );
  }
  if (!existsSync(bin)) {
    throw missing(
      `The package @openai/codex-${name} holds no ${bin}.`,
      'Install it again, or name a program with the option `bin`.',
    );
  }
  return bin;
}

function missing(message: string, remedy: string, cause?: unknown): GatewayError {
  return new GatewayError('runner.missing', message, { remedy, certain: true, ...(cause !== undefined && { cause }) });
}
