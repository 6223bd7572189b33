import type { FileChange, PlanStep, RunItem } from '@threadbridge/contract';
import type { Texts } from '../texts/texts.ts';
import { duration } from './duration.ts';
import { plainText } from './plain-text.ts';
import { type Line, line, type Span } from './spans.ts';

const outputLines = 6;

/** True while a step still goes on; it is shown when it has ended. */
export function isStepOpen(step: RunItem): boolean {
  return 'status' in step && step.status === 'inProgress';
}

/** How steps are told. `shortPath` turns absolute paths into readable ones. */
export interface StepOptions {
  readonly shortPath: (path: string) => string;
  readonly words: Texts['terminal'];
}

/** What a watcher reads of a step that ended. */
export function stepLines(step: RunItem, options: StepOptions): readonly Line[] {
  const { words } = options;
  switch (step.type) {
    case 'command':
      return [
        line({ text: `$ ${oneLine(step.command, words)}`, style: 'cyan' }, commandEnd(step, words)),
        ...printed(step.output ?? '', words),
      ];
    case 'file.change':
      return step.changes.map((change) => changeLine(change, step.status, options));
    case 'tool.call': {
      const name = plainText(step.server === undefined ? step.tool : `${step.server}/${step.tool}`);
      const end =
        step.status === 'completed'
          ? ''
          : `  ${words.state(step.status)}${step.error === undefined ? '' : `: ${oneLine(step.error, words)}`}`;
      return [line({ text: words.tool(name), style: 'cyan' }, { text: end, style: 'yellow' })];
    }
    case 'web.search':
      return [line({ text: words.searched(oneLine(step.query, words)), style: 'cyan' })];
    case 'user.message':
    case 'agent.message':
    case 'reasoning':
    case 'plan':
    case 'compaction':
    case 'review':
    case 'other':
      return [];
  }
}

/** One step of a plan with its mark. */
export function planLine({ step, status }: PlanStep, words: StepOptions['words']): Line {
  const text = oneLine(step, words);
  switch (status) {
    case 'completed':
      return line({ text: '[x] ', style: 'green' }, { text });
    case 'inProgress':
      return line({ text: '[>] ', style: 'yellow' }, { text });
    case 'pending':
      return line({ text: '[ ] ', style: 'dim' }, { text });
  }
}

/** A command or a title on one line. */
export function oneLine(text: string, words: StepOptions['words']): string {
  const [first = '', ...more] = plainText(text).trim().split('\n');
  return (more.length > 0 ? `${first} ${words.andLines(more.length)}` : first).replaceAll('\t', ' ');
}

function commandEnd(step: Extract<RunItem, { type: 'command' }>, words: StepOptions['words']): Span {
  const took = step.durationMs === undefined ? '' : ` (${duration(step.durationMs)})`;
  if (step.status === 'declined' || step.status === 'inProgress')
    return { text: `  ${words.state(step.status)}`, style: 'yellow' };
  if (step.exitCode === undefined)
    return { text: `  ${words.state(step.status)}${took}`, style: step.status === 'failed' ? 'red' : 'dim' };
  return { text: `  ${words.exit(step.exitCode)}${took}`, style: step.exitCode === 0 ? 'dim' : 'red' };
}

function printed(output: string, words: StepOptions['words']): readonly Line[] {
  const lines = plainText(output).trimEnd().split('\n');
  if (lines.length === 1 && lines[0] === '') return [];
  const left = lines.length - outputLines;
  const shown = left > 0 ? lines.slice(-outputLines) : lines;
  return [...(left > 0 ? [words.moreLines(left)] : []), ...shown].map((text) => ({
    ...line({ text: `  ${text.replaceAll('\t', '    ')}`, style: 'dim' }),
    isCode: true,
  }));
}

function changeLine(change: FileChange, status: string, { shortPath, words }: StepOptions): Line {
  const path = oneLine(shortPath(change.path), words);
  const target = change.movedTo === undefined ? path : `${path} → ${oneLine(shortPath(change.movedTo), words)}`;
  if (status !== 'completed') return line({ text: words.notChanged({ state: words.state(status), target }), style: 'yellow' });
  const { added, removed } = countLines(change);
  const word = words.changed[change.kind === 'update' && change.movedTo !== undefined ? 'move' : change.kind];
  return line(
    { text: `${word} ${target}`, style: 'cyan' },
    ...(added > 0 ? [{ text: `  +${added}`, style: 'green' } as const] : []),
    ...(removed > 0 ? [{ text: `  -${removed}`, style: 'red' } as const] : []),
  );
}

/** Lines that came and went. Added and deleted files carry their plain content as diff. */
export function countLines(change: FileChange): { readonly added: number; readonly removed: number } {
  const lines = change.diff === '' ? [] : change.diff.replace(/\n$/, '').split('\n');
  if (change.kind === 'add') return { added: lines.length, removed: 0 };
  if (change.kind === 'delete') return { added: 0, removed: lines.length };
  return {
    added: lines.filter((one) => one.startsWith('+') && !one.startsWith('+++')).length,
    removed: lines.filter((one) => one.startsWith('-') && !one.startsWith('---')).length,
  };
}
