import { behaviours } from '../../src/compat/behaviours.ts';
import type { Finding } from '../../src/compat/compare.ts';
import type { WholeDiff } from './diff-all.ts';
import type { ContractResult } from './run-contract.ts';

export interface Outcome {
  readonly version: string;
  readonly pinned: string;
  readonly diff: WholeDiff;
  readonly findings: readonly Finding[];
  readonly behaviour: Readonly<Record<string, string>>;
  readonly expected: Readonly<Record<string, string>>;
  readonly contract: ContractResult;
}

/** Behaviours this package needs and does not get, and those that could not be observed. */
export function brokenBehaviours(behaviour: Readonly<Record<string, string>>): readonly string[] {
  return behaviours.flatMap(({ name, title, needs, otherwise }) => {
    const seen = behaviour[name] ?? 'not observed';
    if (seen.startsWith('failed: ')) return [`${title}: ${seen}`];
    return needs === undefined || seen === needs ? [] : [`${title} ${seen}. ${otherwise ?? ''}`.trim()];
  });
}

export function isBroken(outcome: Outcome): boolean {
  const { findings, behaviour, contract } = outcome;
  return findings.some(({ grade }) => grade === 'broken') || brokenBehaviours(behaviour).length > 0 || contract.failed.length > 0;
}

/** For people, as lines of plain text. */
export function toReport(outcome: Outcome, isWhole: boolean): string {
  const most = isWhole ? Number.POSITIVE_INFINITY : 20;
  const { version, pinned, diff, findings, behaviour, expected, contract } = outcome;
  const graded = (grade: Finding['grade']) =>
    findings.filter((one) => one.grade === grade).map((one) => `${one.where}: ${one.message}`);
  const differing = behaviours
    .filter(({ name }) => expected[name] !== undefined && expected[name] !== behaviour[name])
    .map(({ name, title }) => `${title}: ${behaviour[name]} (${pinned}: ${expected[name]})`);
  return [
    `Codex ${version}, measured by what this package does with ${pinned}`,
    '',
    ...section(`Protocol, everything: added (${diff.added.length})`, diff.added, most),
    ...section(`Protocol, everything: removed (${diff.removed.length})`, diff.removed, most),
    ...section(`Protocol, everything: changed (${diff.changed.length})`, diff.changed, most),
    ...section('Protocol, what we use: broken', graded('broken')),
    ...section('Protocol, what we use: changed, can be lived with', graded('changed')),
    ...section(`Behaviour: ${Object.keys(behaviour).length} looked at, different`, differing),
    ...section('Behaviour: broken', brokenBehaviours(behaviour)),
    ...section(
      `Contract of runners: ${contract.passed} passed, ${contract.skipped} skipped, failed`,
      contract.failed.map(({ name, message }) => `${name}: ${message}`),
    ),
    isBroken(outcome)
      ? `BROKEN: Codex ${version} does not do all that this package does.`
      : `FINE: Codex ${version} does all that this package does.`,
  ].join('\n');
}

function section(title: string, lines: readonly string[], most = Number.POSITIVE_INFINITY): readonly string[] {
  const shown = lines.length === 0 ? ['nothing'] : lines.slice(0, most);
  const more = lines.length > most ? [`… and ${lines.length - most} more (--all)`] : [];
  return [title, ...[...shown, ...more].map((line) => `  ${line}`), ''];
}
