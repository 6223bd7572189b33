import manifest from '../package.json' with { type: 'json' };

/** The version of this package. The build puts it into the bundle. */
export const packageVersion = manifest.version;

/** The client whose wire format this package speaks. The service locks out old ones. */
export const protocolVersion = '2.4.9';

/** `iLink-App-ClientVersion`: `major<<16 | minor<<8 | patch` as decimal text. */
export function toClientVersion(version: string): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return String((major << 16) | (minor << 8) | patch);
}
