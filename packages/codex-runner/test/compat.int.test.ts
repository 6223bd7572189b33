import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareProtocols } from '../src/compat/compare.ts';
import { checkCodex } from '../src/compat/index.ts';
import { namesIn, summarise } from '../src/compat/summarise.ts';
import { findNativeBinary } from '../src/process/native-binary.ts';
import { pinnedVersion } from '../src/version.ts';
import { observe } from '../tooling/compat/observe.ts';
import { brokenBehaviours } from '../tooling/compat/report.ts';
import { readSummaryFile, schemaOf } from '../tooling/compat/summary-file.ts';
import { readUsedMethods } from '../tooling/compat/used-names.ts';
import { baseEnvironment } from './set-up.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compat-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The pinned program under another name: `edit` changes what it writes down of its protocol. */
async function disguised(version: string, edit = 's/^//'): Promise<string> {
  const bin = join(folder, `codex-${version}-${edit.replaceAll(/\W/g, '')}`);
  const real = findNativeBinary();
  const script = `#!/bin/sh
[ "$1" = --version ] && echo "codex-cli ${version}" && exit
"${real}" "$@" || exit
[ "$2" = generate-json-schema ] && sed -i '${edit}' "$5"/*.json
exit 0
`;
  await writeFile(bin, script);
  await chmod(bin, 0o755);
  return bin;
}

describe('the pinned version', () => {
  it('has all that the checked-in summary says, which holds every method in use', async () => {
    const checkedIn = await readSummaryFile(pinnedVersion);
    if (checkedIn === undefined) throw new Error('There is no summary of the pinned version.');
    // Red: run `pnpm codex:compat <version> --write` for the pinned version.
    expect(checkedIn.uses).toEqual(await readUsedMethods());
    const found = summarise(await schemaOf(findNativeBinary()), checkedIn.uses, namesIn(checkedIn));
    expect(compareProtocols(checkedIn, found)).toEqual([]);
    expect(found.methods).toEqual(checkedIn.methods);
    expect(found.sent).toEqual(checkedIn.sent);
  });

  it('behaves as checked in, and as this package needs it', async () => {
    const checkedIn = (await readSummaryFile(pinnedVersion))?.behaviour ?? {};
    expect(await observe(findNativeBinary(), () => {})).toEqual(checkedIn);
    expect(brokenBehaviours(checkedIn)).toEqual([]);
  }, 60_000);

  it('does everything', async () => {
    const report = await checkCodex(undefined, baseEnvironment());
    expect(report).toMatchObject({ version: pinnedVersion, stand: 'pinned', behaviour: [], problems: [] });
    expect(report.features.filter(({ works }) => !works)).toEqual([]);
  });
});

describe('checkCodex', () => {
  it('names what a program without a method or a field cannot do', async () => {
    const bin = await disguised(pinnedVersion, 's#"thread/fork"#"thread/spoon"#; s#"outputSchema"#"answerSchema"#');
    const { features, problems } = await checkCodex(bin, baseEnvironment());
    expect(features.filter(({ works }) => !works)).toEqual([
      {
        name: 'turns',
        title: expect.any(String),
        works: false,
        reasons: ['TurnStartParams.outputSchema: It is not known there, and would be ignored.'],
      },
      { name: 'fork', title: expect.any(String), works: false, reasons: ['thread/fork: There is no such method.'] },
    ]);
    expect(problems.filter(({ code }) => code === 'codex.feature')).toHaveLength(2);
  });

  it('knows how an examined version behaves', async () => {
    const report = await checkCodex(await disguised('0.159.0'), baseEnvironment());
    expect(report.stand).toBe('known');
    expect(report.behaviour.join('\n')).toContain('A steer while the model speaks: waits for the end of the answer');
  });

  it('goes by the nearest older one where a version was not examined, and says so', async () => {
    const report = await checkCodex(await disguised('0.164.0'), baseEnvironment());
    expect(report.stand).toBe('unknown');
    expect(report.behaviour).toEqual([expect.stringContaining('seen with 0.163.0')]);
    expect(report.problems.map(({ code }) => code)).toContain('codex.version');
  });

  it('refuses a version that is too old', async () => {
    const report = await checkCodex(await disguised('0.145.0'), baseEnvironment());
    expect(report).toMatchObject({ stand: 'tooOld', problems: [{ code: 'runner.version', remedy: expect.any(String) }] });
  });

  it('does not throw where there is no program', async () => {
    const report = await checkCodex('/nowhere/codex', baseEnvironment());
    expect(report).toMatchObject({ stand: 'unknown', problems: [{ message: expect.stringContaining('/nowhere/codex') }] });
    expect(report.features.every(({ works }) => !works)).toBe(true);
  });
});
