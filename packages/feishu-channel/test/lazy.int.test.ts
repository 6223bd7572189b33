import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const built = fileURLToPath(new URL('../dist/index.js', import.meta.url));

it('loads the SDK only when somebody is to be called', async () => {
  const program = `
    const { createRequire } = await import('node:module');
    const loaded = () => Object.keys(createRequire(${JSON.stringify(built)}).cache).some((file) => file.includes('protobufjs'));
    const { createFeishuChannel } = await import(${JSON.stringify(built)});
    const channel = createFeishuChannel({ appId: 'cli_a1b2c3d4e5f60718', appSecret: 's', domain: 'http://127.0.0.1:9' });
    channel.split('text');
    const before = loaded();
    await channel.check().catch(() => {});
    console.log(JSON.stringify([before, loaded()]));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { env: {} });
  expect(JSON.parse(stdout)).toEqual([false, true]);
});
