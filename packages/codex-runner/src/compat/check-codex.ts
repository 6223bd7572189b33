import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGatewayError, type RunnerHealth, silentLogger, systemClock } from '@threadbridge/contract';
import { connectAppServer } from '../app-server/app-server.ts';
import { checkHealth } from '../app-server/check-health.ts';
import { maybe } from '../convert/seen.ts';
import { childEnvironment } from '../process/child-environment.ts';
import { findNativeBinary } from '../process/native-binary.ts';
import { spawnCodex } from '../process/spawn-codex.ts';
import { compareVersions, judgeVersion, oldestVersion, pinnedVersion } from '../version.ts';
import { behaviours } from './behaviours.ts';
import { compareProtocols, type Finding } from './compare.ts';
import { features, touchedBy } from './features.ts';
import { generateSchema, readVersion } from './generate-schema.ts';
import { readSummaries } from './summaries.ts';
import { namesIn, summarise } from './summarise.ts';
import type { ProtocolSummary } from './summary.ts';

/** What of this package works with one Codex program. */
export interface CodexReport {
  readonly bin: string;
  readonly version?: string;
  /** `known`: another version that was examined; `unknown`: one that was not; `tooOld`: not driven at all. */
  readonly stand: 'pinned' | 'known' | 'unknown' | 'tooOld';
  readonly features: readonly FeatureReport[];
  /** Where it behaves otherwise than the pinned version, in words. */
  readonly behaviour: readonly string[];
  /** For doctor; empty where everything works. */
  readonly problems: RunnerHealth['problems'];
}

/** Whether one feature works with the binary that was looked at. */
export interface FeatureReport {
  readonly name: string;
  readonly title: string;
  readonly works: boolean;
  /** Why it does not; empty where it does. */
  readonly reasons: readonly string[];
}

type Problem = RunnerHealth['problems'][number];

/**
 * Says what will not work with a Codex program: from the protocol it writes down itself, from how its version was seen to behave, and from
 * starting it once in an empty home, with a sandboxed command. Takes about a second; no login, no network, no turn. Never throws.
 * `bin`: a native program; default the one this package depends on. `env`: all it sees; default as for the runner.
 */
export async function checkCodex(bin?: string, env = childEnvironment(process.env)): Promise<CodexReport> {
  let program = bin;
  try {
    program ??= findNativeBinary();
    return await examine(program, env);
  } catch (error) {
    const all = features.map(({ name, title }) => ({ name, title, works: false, reasons: ['Codex cannot be run.'] }));
    return { bin: program ?? '', stand: 'unknown', features: all, behaviour: [], problems: [toProblem(error)] };
  }
}

async function examine(bin: string, env: Readonly<Record<string, string>>): Promise<CodexReport> {
  const version = await readVersion(bin, env);
  const [schema, summaries, health] = await Promise.all([generateSchema(bin, env), readSummaries(), startOnce(bin, env)]);
  const pinned = summaries.find((summary) => summary.version === pinnedVersion);
  if (pinned === undefined) throw new Error(`The summary of Codex ${pinnedVersion} is missing from this package.`);
  const findings = compareProtocols(pinned, summarise(schema, pinned.uses, namesIn(pinned)));
  const seen = nearest(summaries, version);
  const reports = features.map((feature): FeatureReport => {
    const reasons = [
      ...findings.filter((finding) => finding.grade === 'broken' && touchedBy(finding).includes(feature)).map(toWords),
      ...behaviours
        .filter(
          ({ name, needs }) => feature.counts.includes(name) && needs !== undefined && (seen?.behaviour[name] ?? needs) !== needs,
        )
        .map(({ otherwise }) => otherwise ?? ''),
    ];
    return { name: feature.name, title: feature.title, works: reasons.length === 0, reasons };
  });
  const strays = findings.filter((finding) => finding.grade === 'broken' && touchedBy(finding).length === 0);
  return {
    bin,
    ...maybe('version', version),
    stand: standOf(version, summaries),
    features: reports,
    behaviour: differences(pinned, seen, version),
    problems: [
      ...versionProblems(version, summaries),
      ...reports.filter(({ works }) => !works).map(toFeatureProblem),
      ...strays.map((finding) => ({ code: 'codex.feature', message: toWords(finding), remedy })),
      ...health,
    ],
  };
}

const remedy = `Use Codex ${pinnedVersion}, which this package comes with.`;

/** The examined version that is nearest below, or that very one. */
function nearest(summaries: readonly ProtocolSummary[], version: string | undefined): ProtocolSummary | undefined {
  return version === undefined ? undefined : summaries.findLast((summary) => compareVersions(summary.version, version) <= 0);
}

function standOf(version: string | undefined, summaries: readonly ProtocolSummary[]): CodexReport['stand'] {
  if (version === pinnedVersion) return 'pinned';
  if (judgeVersion(version) === 'tooOld') return 'tooOld';
  return summaries.some((summary) => summary.version === version) ? 'known' : 'unknown';
}

function differences(pinned: ProtocolSummary, seen: ProtocolSummary | undefined, version: string | undefined): readonly string[] {
  if (seen === undefined || seen === pinned) return [];
  const source = seen.version === version ? '' : `; seen with ${seen.version}`;
  return behaviours
    .filter(({ name }) => seen.behaviour[name] !== pinned.behaviour[name])
    .map(({ name, title }) => `${title}: ${seen.behaviour[name]} (${pinnedVersion}: ${pinned.behaviour[name]}${source})`);
}

function versionProblems(version: string | undefined, summaries: readonly ProtocolSummary[]): readonly Problem[] {
  switch (standOf(version, summaries)) {
    case 'tooOld':
      return [
        {
          code: 'runner.version',
          message: `Codex ${version} is too old; ${oldestVersion} is the oldest that is driven.`,
          remedy,
        },
      ];
    case 'unknown':
      return [{ code: 'codex.version', message: `Codex ${version ?? 'of unknown version'} was not examined.`, remedy }];
    case 'pinned':
    case 'known':
      return [];
  }
}

/** That it starts, shakes hands and runs a sandboxed command. Nobody is logged in to an empty home: that is no problem of the program. */
async function startOnce(bin: string, env: Readonly<Record<string, string>>): Promise<readonly Problem[]> {
  const home = await mkdtemp(join(tmpdir(), 'codex-check-'));
  try {
    const server = await connectAppServer({
      transport: spawnCodex({
        bin,
        args: ['app-server', '-c', 'features.plugins=false', '-c', 'analytics.enabled=false'],
        env: { ...env, CODEX_HOME: home },
        clock: systemClock,
        logger: silentLogger,
      }),
      clientInfo: { name: 'threadbridge', title: null, version: '0.0.0' },
      clock: systemClock,
      logger: silentLogger,
      requestTimeoutMs: 10_000,
    });
    try {
      const { problems } = await checkHealth(async () => server);
      return problems.filter(({ code }) => code === 'codex.sandbox');
    } finally {
      await server.close('It was started to look at it.');
    }
  } catch (error) {
    return isGatewayError(error) && error.code === 'runner.version' ? [] : [toProblem(error)];
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

function toWords({ where, message }: Finding): string {
  return `${where}: ${message}`;
}

function toFeatureProblem({ title, reasons }: FeatureReport): Problem {
  return { code: 'codex.feature', message: `${title} will not work: ${reasons.join(' ')}`, remedy };
}

function toProblem(error: unknown): Problem {
  if (isGatewayError(error)) return { code: error.code, message: error.message, ...maybe('remedy', error.remedy) };
  return { code: 'codex.check', message: `Codex could not be examined: ${error instanceof Error ? error.message : error}` };
}
