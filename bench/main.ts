import { cpus } from 'node:os';
import { benchCodex } from './codex.ts';
import { benchEngine } from './engine.ts';
import { benchFeishu } from './feishu.ts';
import { benchGateway } from './gateway.ts';
import { benchLive } from './live.ts';
import { benchNativeApi } from './native-api.ts';
import { benchScale } from './scale.ts';

const figures = [
  ...(await benchEngine()),
  ...(await benchLive()),
  ...(await benchFeishu()),
  ...(await benchCodex()),
  ...(await benchNativeApi()),
  ...(await benchGateway()),
];
// Takes about a minute and 3 GB of temporary space.
if (process.argv.includes('--full')) figures.push(...(await benchScale()));
const machine = {
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cores: cpus().length,
  cpu: cpus()[0]?.model ?? '',
};
if (process.argv.includes('--json')) {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), machine, figures }, null, 2)}\n`);
} else {
  process.stdout.write(`${Object.values(machine).join(' · ')}\n`);
  const width = Math.max(...figures.map((figure) => figure.name.length));
  for (const { name, value, unit, ratio, target } of figures) {
    const compared = ratio === undefined ? '' : `   ratio ${ratio}`;
    process.stdout.write(
      `${name.padEnd(width)}  ${String(value).padStart(8)} ${unit}${compared}${target === undefined ? '' : `   (target ${target})`}\n`,
    );
  }
}
