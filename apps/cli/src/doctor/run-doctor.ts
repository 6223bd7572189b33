import { checkCodex } from '@threadbridge/codex-runner/compat';
import { isGatewayError } from '@threadbridge/contract';
import { examineAccounts, loadConfig, type ResolvedProfile, resolveProfile } from '@threadbridge/gateway';
import type { CommonOptions } from '../commands/command-file.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, mayColour, writeLine } from '../io.ts';
import { createProfileRunner } from '../profile-runner.ts';
import { plainText } from '../terminal/plain-text.ts';
import { paint, type Style } from '../terminal/spans.ts';
import { toLoadOptions } from '../to-load-options.ts';
import { examineChannels } from './examine-channels.ts';
import { examineCodex } from './examine-codex.ts';
import { examineFeatures } from './examine-features.ts';
import { examineRules } from './examine-rules.ts';
import type { Finding } from './finding.ts';
import { tryOpening } from './try-opening.ts';

/** How long the platforms may take to answer for all accounts together. */
const accountsMs = 30_000;

/** Examines a profile and this computer, and prints each finding. Answers with the exit code. */
export async function runDoctor(options: CommonOptions, io: Io): Promise<number> {
  const findings: Finding[] = [];
  const report = (...found: readonly Finding[]) => {
    findings.push(...found);
    if (!options.json) for (const finding of found) print(finding, io);
  };
  report({ name: 'node', state: 'ok', text: `Node ${process.versions.node}` });
  const profile = await examineConfig(options, io, report);
  if (profile !== undefined) {
    report(...(await tryOpening(profile, io.environment)));
    await using runner = await createProfileRunner(profile, io.environment);
    const health = await runner.check();
    report(...examineCodex(health));
    if (health.home !== undefined) report(...(await examineRules(health.home)));
    const { bin } = profile.settings.codex;
    report(...examineFeatures(await checkCodex(bin ?? undefined)));
    const signal = AbortSignal.timeout(accountsMs);
    report(...examineChannels(await examineAccounts({ profile, environment: io.environment, signal })));
  }
  const code = toExitCode(findings);
  if (options.json) writeLine(io.stdout, JSON.stringify({ isHealthy: code === exitCode.done, checks: findings }));
  return code;
}

async function examineConfig(
  options: CommonOptions,
  io: Io,
  report: (finding: Finding) => void,
): Promise<ResolvedProfile | undefined> {
  try {
    const loaded = await loadConfig(toLoadOptions(options, io));
    report({ name: 'config', state: 'ok', text: loaded.hasFile ? loaded.file : `${loaded.file} is not there; defaults apply` });
    return resolveProfile(loaded);
  } catch (error) {
    if (!isGatewayError(error)) throw error;
    report({ name: 'config', state: 'fail', text: error.message, ...(error.remedy !== undefined && { remedy: error.remedy }) });
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
