import { type Figure, judge } from './figure.ts';
import type { Run } from './history.ts';
import { type Line, lines } from './lines.ts';
import type { Measured } from './measure.ts';

/** A readable table, in Markdown: the promises first, each with what measures it, then what else is known. Of a whole run no promise is left out. */
export function toTable(
  run: Run,
  measured: readonly Measured[],
  given: { readonly before?: Run; readonly isWhole: boolean },
): string {
  const { before, isWhole } = given;
  const figures = measured.flatMap((part) => part.figures);
  const promised = (Object.keys(lines) as Line[]).flatMap((line) => {
    const own = figures.filter((figure) => figure.line === line);
    if (own.length === 0) return isWhole ? [`\n${lines[line]}\n`, 'Not measured.'] : [];
    return [`\n${lines[line]}\n`, rows(own, before)];
  });
  const failed = measured.filter((part) => part.failed !== undefined).map(({ part, failed: why }) => `- ${part}: ${why}`);
  const took = measured.map(({ part, tookMs }) => `${part} ${Math.round(tookMs / 1_000)} s`);
  const others = figures.filter((figure) => figure.line === undefined);
  return [
    '# Figures\n',
    `${run.at.slice(0, 16)}Z · ${run.commit} · ${run.machine} · Node ${run.node} · load ${run.load}`,
    before === undefined ? '' : `Compared with ${before.at.slice(0, 16)}Z, ${before.commit}, load ${before.load}.`,
    ...(promised.length === 0 ? [] : ['\n## What is promised', ...promised]),
    ...(others.length === 0 ? [] : ['\n## What else is known\n', rows(others, before)]),
    ...(failed.length === 0 ? [] : ['\n## What failed\n', ...failed]),
    `\nTook ${took.join(', ')}.\n`,
  ].join('\n');
}

function rows(figures: readonly Figure[], before: Run | undefined): string {
  const head = ['what', 'value', 'ratio', 'target', 'verdict', 'before'];
  const cells = figures.map((figure) => [
    figure.name,
    `${figure.value} ${figure.unit}`.trim(),
    figure.ratio === undefined ? '' : String(figure.ratio),
    targetOf(figure),
    verdictOf(figure),
    beforeOf(figure, before),
  ]);
  const widths = head.map((_, at) => Math.max(...[head, ...cells].map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n');
}

function targetOf({ target, unit }: Figure): string {
  if (target === undefined) return '';
  const bound = 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`;
  return target.of === 'ratio' ? `ratio ${bound}` : `${bound} ${unit.replace(/ ?\(.*/, '')}`.trim();
}

function verdictOf(figure: Figure): string {
  const verdict = judge(figure);
  if (verdict === undefined) return '';
  if (verdict.isMet) return 'met';
  return Number.isFinite(verdict.missedBy) ? `missed by ${Math.round(verdict.missedBy * 100)} %` : 'missed';
}

/** The ratio where there is one: it is what can be compared. */
function beforeOf({ name, value, ratio }: Figure, before: Run | undefined): string {
  const [oldValue, oldRatio] = before?.figures[name] ?? [];
  const [now, then] = ratio === undefined || oldRatio === undefined ? [value, oldValue] : [ratio, oldRatio];
  if (then === undefined) return '';
  const change = then === 0 ? (now === 0 ? 0 : Number.NaN) : ((now - then) / then) * 100;
  return `${then}${Number.isNaN(change) ? '' : ` (${change > 0 ? '+' : ''}${Math.round(change)} %)`}`;
}
