import { checkCodex } from '@threadbridge/codex-runner/compat';
import { isGatewayError } from '@threadbridge/contract';
import {
  askControl,
  codexHomes,
  describeProfile,
  examineAccounts,
  type LiveState,
  listProcesses,
  loadConfig,
  type ResolvedProfile,
  resolveProfile,
} from '@threadbridge/gateway';
import type { CommonOptions } from '../commands/command-file.ts';
import type { DoctorOptions } from '../commands/doctor.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, mayColour, writeLine } from '../io.ts';
import { createProfileRunner } from '../profile-runner.ts';
import { planOf } from '../service/plan-of.ts';
import { plainText } from '../terminal/plain-text.ts';
import { paint, type Style } from '../terminal/spans.ts';
import { toLoadOptions } from '../to-load-options.ts';
import { examineChannels } from './examine-channels.ts';
import { examineClock } from './examine-clock.ts';
import { examineCodex } from './examine-codex.ts';
import { examineFeatures } from './examine-features.ts';
import { examineHomes } from './examine-homes.ts';
import { examinePorts } from './examine-ports.ts';
import { examineRules } from './examine-rules.ts';
import { examineService } from './examine-service.ts';
import { examineStore } from './examine-store.ts';
import type { Finding } from './finding.ts';
import { toTrouble } from './to-trouble.ts';
import { tryOpening } from './try-opening.ts';
import { writeBundle } from './write-bundle.ts';

/** How long the platforms may take to answer for all accounts together. */
const accountsMs = 30_000;

/** Examines a profile and this computer, and prints each finding. Answers with the exit code. */
export async function runDoctor(options: DoctorOptions, io: Io): Promise<number> {
  const findings: Finding[] = [];
  const report = (...found: readonly Finding[]) => {
    findings.push(...found);
    if (!options.json) for (const finding of found) print(finding, io);
  };
  const { texts, environment } = io;
  report({ name: 'node', state: 'ok', text: texts.doctor.node(process.versions.node) });
  const profile = await examineConfig(options, io, report);
  if (profile !== undefined) {
    const { paths } = profile;
    // Before anything that mends or makes them.
    report(...(await examineHomes(profile, codexHomes(profile, environment).current, texts)));
    report(...(await examineStore(paths.store, Date.now(), texts)));
    report(...(await tryOpening(profile, environment, texts)));
    const live = (await askControl(paths, 'state').catch(() => undefined)) as LiveState | undefined;
    report(...(await examinePorts(profile, live, await listProcesses(paths.home), texts)));
    report(...(await examineService(planOf(profile, options, io), live, texts)));
    await using runner = await createProfileRunner(profile, environment);
    const health = await runner.check();
    report(...examineCodex(health, profile.name, texts));
    if (health.home !== undefined) report(...(await examineRules(health.home, texts)));
    const { bin } = profile.settings.codex;
    report(...examineFeatures(await checkCodex(bin ?? undefined), texts));
    const signal = AbortSignal.timeout(accountsMs);
    report(...(await examineClock(profile, signal, texts)));
    report(...examineChannels(await examineAccounts({ profile, environment, signal }), { profile: profile.name, live }, texts));
  }
  const code = toExitCode(findings);
  const { bundle: file, json = false } = options;
  const how = { isQuiet: json, file: file ?? true } as const;
  const bundle = file === undefined || profile === undefined ? undefined : await writeBundle(profile, findings, how, io);
  if (json)
    writeLine(io.stdout, JSON.stringify({ isHealthy: code === exitCode.done, checks: findings, ...(bundle && { bundle }) }));
  return code;
}

async function examineConfig(
  options: CommonOptions,
  io: Io,
  report: (finding: Finding) => void,
): Promise<ResolvedProfile | undefined> {
  try {
    const loaded = await loadConfig(toLoadOptions(options, io));
    const profile = resolveProfile(loaded);
    report({ name: 'config', state: 'ok', text: io.texts.doctor.configAt(loaded) });
    const origins = describeProfile(profile).map(({ origin }) => origin);
    const variables = new Set(origins.flatMap((origin) => (origin.type === 'environment' ? [origin.variable] : [])));
    const file = origins.filter(({ type }) => type === 'file').length;
    if (!loaded.hasFile && variables.size === 0) return profile;
    const text = io.texts.doctor.origins({ file, variables: [...variables] });
    report({ name: 'config', state: 'ok', text, ...(variables.size > 0 && { remedy: io.texts.doctor.originsRemedy }) });
    return profile;
  } catch (error) {
    if (!isGatewayError(error)) throw error;
    report({ name: 'config', state: 'fail', ...toTrouble(error, io.texts) });
    return undefined;
  }
}

/** The first thing that fails names the code. Pure. */
function toExitCode(findings: readonly Finding[]): number {
  const failed = findings.filter(({ state }) => state === 'fail');
  if (failed.length === 0) return exitCode.done;
  if (failed.some(({ name }) => name === 'config')) return exitCode.usage;
  if (failed.some(({ name }) => name === 'workspace')) return exitCode.refused;
  return failed.every(({ name }) => name === 'login') ? exitCode.notLoggedIn : exitCode.failed;
}

const styles: Readonly<Record<Finding['state'], Style>> = { ok: 'green', warn: 'yellow', fail: 'red', unknown: 'yellow' };

function print({ name, state, text, remedy }: Finding, io: Io): void {
  const hasColours = io.stdout.isTTY === true && mayColour(io.environment);
  const head = [{ text: state.padEnd(8), style: styles[state] }, { text: `${name.padEnd(10)} ` }] as const;
  writeLine(io.stdout, paint([...head, { text: plainText(text) }], hasColours));
  if (remedy !== undefined) writeLine(io.stdout, `${' '.repeat(19)}${plainText(remedy)}`);
}
