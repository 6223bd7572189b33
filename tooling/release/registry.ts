import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Pack } from './packs.ts';
import { run } from './run.ts';

/** A registry on loopback that has our packages and sends everybody to the configured one for all others. */
export interface Registry extends AsyncDisposable {
  readonly url: string;
}

export async function startRegistry(packs: readonly Pack[], cwd: string): Promise<Registry> {
  const lines = (await run('npm', ['config', 'get', 'registry'], { cwd })).trim().split('\n');
  const upstream = (lines.at(-1) ?? '').replace(/\/$/, '');
  const byName = new Map(packs.map((pack) => [pack.manifest.name, pack]));
  const byFile = new Map(packs.map((pack) => [basename(pack.tarball), pack]));
  const app = new Hono();
  app.get('/-/packs/:file', (context) => {
    const pack = byFile.get(context.req.param('file'));
    return pack === undefined ? context.notFound() : context.body(new Uint8Array(readFileSync(pack.tarball)));
  });
  app.all('*', (context) => {
    const url = new URL(context.req.url);
    const pack = byName.get(decodeURIComponent(url.pathname.slice(1)));
    return pack === undefined
      ? context.redirect(`${upstream}${url.pathname}${url.search}`, 307)
      : context.json(packument(pack, url.origin));
  });
  return await new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
      resolve({
        url: `http://127.0.0.1:${port}`,
        [Symbol.asyncDispose]: () => new Promise<void>((closed) => void server.close(() => closed())),
      });
    });
  });
}

function packument({ manifest, tarball }: Pack, origin: string): object {
  const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  const dist = { tarball: `${origin}/-/packs/${basename(tarball)}`, integrity };
  const { name, version } = manifest;
  return { name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } };
}
