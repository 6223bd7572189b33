import { createRequire } from 'node:module';

/** The version of this package. */
export function ownVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('@threadbridge/gateway/package.json');
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
}
