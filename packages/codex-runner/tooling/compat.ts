/**
 * What of this package works with another version of Codex: fetches it, compares its protocol with the pinned one, looks at how it behaves,
 * runs the contract of runners on it, and reports. Exits with 1 where something is broken.
 *
 *   pnpm codex:compat 0.163.0 [--write] [--keep] [--all] [--cache FOLDER]
 *
 * `--write` keeps the outcome as `compat/<version>.json` (name a version that is fine in `examinedVersions` then), `--keep` the program (400 MB), `--all` shows every difference.
 */
import { parseArgs } from 'node:util';
import { compareProtocols } from '../src/compat/compare.ts';
import { readVersion } from '../src/compat/generate-schema.ts';
import { findNativeBinary } from '../src/process/native-binary.ts';
import { judgeVersion, oldestVersion, pinnedVersion } from '../src/version.ts';
import { diffAll } from './compat/diff-all.ts';
import { defaultCache, fetchCodex } from './compat/fetch-codex.ts';
import { observe } from './compat/observe.ts';
import { isBroken, type Outcome, toReport } from './compat/report.ts';
import { runContract } from './compat/run-contract.ts';
import { readSummaryFile, schemaOf, summaryOf, writeSummaryFile } from './compat/summary-file.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    write: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    cache: { type: 'string', default: defaultCache() },
  },
});
const [version] = positionals;
const notDriven = {
  passed: 0,
  skipped: 0,
  failed: [{ name: 'not run', message: `${oldestVersion} is the oldest that is driven.` }],
};

if (version === undefined || !/^\d+\.\d+\.\d+$/.test(version)) {
  console.error('Say which version: pnpm codex:compat 0.163.0');
  process.exitCode = 2;
} else {
  process.exitCode = (await examine(version)) ? 0 : 1;
}

async function examine(version: string): Promise<boolean> {
  const say = (line: string) => console.error(`· ${line}`);
  say(`fetching ${version} to ${values.cache}`);
  const { bin, remove } = await fetchCodex(version, values.cache);
  try {
    const itself = await readVersion(bin, { PATH: process.env.PATH ?? '' });
    if (itself !== version) throw new Error(`${bin} says it is ${itself}.`);
    say('comparing protocols');
    const [pinned, other] = await Promise.all([schemaOf(findNativeBinary()), schemaOf(bin)]);
    const [expected, found] = await Promise.all([summaryOf(pinned, pinnedVersion), summaryOf(other, version)]);
    say('looking at behaviour');
    const behaviour = await observe(bin, (name, seen) => say(`${name}: ${seen}`));
    say('running the contract');
    const contract = judgeVersion(version) === 'tooOld' ? notDriven : await runContract(bin);
    const outcome: Outcome = {
      version,
      pinned: pinnedVersion,
      diff: diffAll(pinned, other, expected.uses),
      findings: compareProtocols(expected, found),
      behaviour,
      expected: (await readSummaryFile(pinnedVersion))?.behaviour ?? {},
      contract,
    };
    console.log(`\n${toReport(outcome, values.all)}`);
    if (values.write) say(`wrote ${await writeSummaryFile({ ...found, behaviour })}`);
    return !isBroken(outcome);
  } finally {
    if (!values.keep) await remove();
  }
}
