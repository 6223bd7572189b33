import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** A release stops at the first one that it cannot read. */
it('each changeset names packages of this repository, and says what users notice', () => {
  const names = globSync('{packages,apps}/*/package.json', { cwd: root }).map(
    (path) => (JSON.parse(readFileSync(join(root, path), 'utf8')) as { readonly name: string }).name,
  );
  const isBump = (line: string) => names.includes(/^'([^']+)': (?:major|minor|patch)$/.exec(line)?.[1] ?? '');
  const unreadable = globSync('.changeset/*.md', { cwd: root }).filter((path) => {
    const [, head = '', words = ''] = /^---\n([\s\S]*?)\n---\n\n([\s\S]*)$/.exec(readFileSync(join(root, path), 'utf8')) ?? [];
    return basename(path) !== 'README.md' && !(head.split('\n').every(isBump) && words.trim() !== '');
  });
  expect(unreadable).toEqual([]);
});
