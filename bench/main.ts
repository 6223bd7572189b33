import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judge } from './figure.ts';
import { keepRun, lastRun, toRun } from './history.ts';
import { lines } from './lines.ts';
import { type Measured, measure } from './measure.ts';
import { parts } from './parts.ts';
import { toTable } from './report.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false } } });
const names = Object.keys(parts);
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}. There are: ${names.join(', ')}. None named: all of them.\n`);
  process.exit(2);
}
const isWhole = positionals.length === 0;
const now = { at: new Date(), load: Math.round((loadavg()[0] ?? 0) * 10) / 10 };
const measured: Measured[] = [];
for (const [name, part] of Object.entries(parts)) {
  if (!isWhole && !positionals.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  measured.push(await measure(name, part));
}

const figures = measured.flatMap((part) => part.figures);
const run = toRun(figures, now);
const before = await lastRun(run.machine);
const table = toTable(run, measured, { isWhole, ...(before && { before }) });
const json = JSON.stringify(
  {
    ...{ at: run.at, commit: run.commit, machine: run.machine, node: run.node, load: run.load, lines },
    figures: figures.map((figure) => ({ ...figure, verdict: judge(figure) })),
    failed: measured.filter(({ failed }) => failed !== undefined).map(({ part, failed }) => ({ part, failed })),
  },
  null,
  2,
);
process.stdout.write(values.json ? `${json}\n` : table);
if (isWhole) {
  const reports = join(import.meta.dirname, '../reports');
  await mkdir(reports, { recursive: true });
  await writeFile(join(reports, 'bench.json'), `${json}\n`);
  await writeFile(join(reports, 'bench.md'), table);
  await keepRun(run);
}
process.exitCode = measured.some(({ failed }) => failed !== undefined) ? 1 : 0;
