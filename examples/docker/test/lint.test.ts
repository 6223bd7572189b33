import { readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const dockerfile = read('Dockerfile');

it('has a Dockerfile that the linter has nothing against', () => {
  expect(validate(dockerfile)).toEqual([]);
  expect(validate('FROM node\nRUNN x').length).toBeGreaterThan(0);
});

it('installs the version of this repository and does not run as root', () => {
  const { version } = JSON.parse(read('../../apps/cli/package.json')) as { readonly version: string };
  expect(dockerfile).toContain(`threadbridge@${version}`);
  expect(dockerfile.lastIndexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('RUN '));
});

it('has a compose file that opens no port to the network and keeps the state in a volume', () => {
  const { services, volumes } = parse(read('compose.yaml')) as {
    readonly services: { readonly threadbridge: Readonly<Record<string, unknown>> };
    readonly volumes: object;
  };
  const { ports, privileged, volumes: mounts } = services.threadbridge;
  expect({ ports, privileged }).toEqual({ ports: undefined, privileged: undefined });
  expect(mounts).toContain('threadbridge:/data');
  expect(Object.keys(volumes)).toEqual(['threadbridge']);
});
