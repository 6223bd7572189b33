import {
  type FileChange,
  type OutboundControls,
  type PlanStep,
  type RunItem,
  type RunStatus,
  type RunView,
  viewText,
} from '@threadbridge/contract';
import { jsonBytes } from '../json.ts';
import { fenceAround, openFence } from '../markdown/fence.ts';
import { escapedBytes, fitJson, safeMarkdown } from '../markdown/safe.ts';
import { limitTables, maxTables } from '../markdown/tables.ts';
import { type Language, type Words, wordsIn } from '../words.ts';
import { button, type Card, type CardElement, markdown, maxCardBytes, panel, plainHeader, row } from './card-json.ts';
import { controlElements } from './controls.ts';
import { summaryOf } from './message-card.ts';

export interface RunCardOptions {
  /** Of what stands beside the answer where a view names none. */
  readonly language: Language;
  readonly title: string;
  /** What a card offers that nobody gave controls for: a button that says `/stop`, a field that says `/steer`. Default: both. */
  readonly ownControls?: readonly ('stop' | 'steer')[];
  /** Leaves out what is not the answer. */
  readonly isBare?: boolean;
}

/** A run as a card. */
export interface RunCard {
  readonly card: Card;
  /** Everything of the answer stands in it. */
  readonly isWhole: boolean;
}

/** How much the parts beside the answer may take, in bytes of JSON. */
const parts = { plan: 2_000, steps: 5_000, diff: 4_000, note: 1_500, error: 1_000 };
const shownSteps = 15;

/** The view of a run as a card in JSON 2.0, within the platform's limits whatever the view holds. Pure. */
export function runCard(view: RunView, options: RunCardOptions, controls?: OutboundControls): RunCard {
  const words = wordsIn(view.language ?? options.language);
  const isOver = hasEnded(view.status);
  const status = isOver || view.line === undefined ? words.status[view.status] : words.inLine(view.line.place);
  const before = options.isBare ? [] : [...planElement(view.plan, words), ...stepsElement(view.steps, words)];
  const after = [
    ...(options.isBare ? [] : diffElement(view.diff, words)),
    ...(view.approvals.length > 0 ? [markdown('asks', `**${words.waiting(view.approvals.length)}**`)] : []),
    ...noteElement(view),
    ...usageElement(view, words),
    ...(controls === undefined
      ? isOver
        ? []
        : ownControlElements(ownControls(view, options), words)
      : controlElements(controls, { words, isLive: true })),
  ];
  const frame = (answer: string): Card => ({
    schema: '2.0',
    config: {
      update_multi: true,
      // Switched on and off by operations of its own.
      streaming_mode: false,
      ...(!isOver && {
        streaming_config: { print_frequency_ms: { default: 50 }, print_step: { default: 4 }, print_strategy: 'fast' },
      }),
      summary: { content: isOver ? summaryOf(answer) || status : status },
    },
    header: plainHeader(
      `${options.title} · ${isOver || view.line !== undefined ? status : words.status.running}`,
      colourOf(view),
    ),
    body: {
      elements: [
        ...(isOver ? [] : [markdown('status', `*${status}*`)]),
        ...before,
        ...(answer === '' && isOver && after.length > 0
          ? []
          : [markdown('answer', answer || (isOver ? words.nothing : words.more))]),
        ...after,
      ],
    },
  });
  // The summary repeats up to 80 characters of the answer.
  const room = maxCardBytes - jsonBytes(frame('')) - 700;
  const text = limitTables(safeMarkdown(viewText(view)), maxTables);
  if (escapedBytes(text) <= room) return { card: frame(text), isWhole: true };
  return { card: frame(isOver ? words.followsBelow : tail(viewText(view), room, words)), isWhole: false };
}

export function hasEnded(status: RunStatus): boolean {
  switch (status) {
    case 'starting':
    case 'running':
    case 'waiting':
      return false;
    case 'completed':
    case 'failed':
    case 'interrupted':
    case 'lost':
      return true;
  }
}

/** The card that stays where a run moved on to another one. */
export function movedCard(view: RunView, options: RunCardOptions): Card {
  const words = wordsIn(view.language ?? options.language);
  return {
    schema: '2.0',
    config: { update_multi: true, streaming_mode: false, summary: { content: words.moved } },
    header: plainHeader(options.title, 'grey'),
    body: { elements: [markdown('answer', words.moved)] },
  };
}

/**
 * The end of a text that grows and does not fit. It moves on in large steps: while text is only added behind, the beginning stays, so
 * that the client can go on typing.
 */
function tail(text: string, room: number, words: Words): string {
  const reserve = 200;
  // A character takes at most three bytes, or two when it is escaped, after control characters are gone.
  const step = Math.floor((room - reserve) / 8);
  let from = Math.ceil(Math.max(0, text.length - step * 4) / step) * step;
  for (;;) {
    const line = text.indexOf('\n', from);
    const start = line !== -1 && line - from < step / 2 ? line + 1 : wholeCharacter(text, from);
    const fence = openFence(text.slice(0, start));
    const shown = limitTables(safeMarkdown(`${fence === undefined ? '' : `${fence.open}\n`}${text.slice(start)}`), maxTables);
    const marked = `${words.more}\n\n${shown}`;
    if (escapedBytes(marked) <= room) return marked;
    from += step;
    if (from >= text.length) return words.more;
  }
}

/** Not between the halves of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}

function planElement(plan: readonly PlanStep[], words: Words): readonly CardElement[] {
  if (plan.length === 0) return [];
  const marks = { pending: '☐', inProgress: '▶', completed: '☑' };
  const lines = plan.map((one) => `${marks[one.status]} ${oneLine(one.step, 200)}`);
  return [markdown('plan', fitLines([`**${words.plan}**`, ...lines], parts.plan, words))];
}

function stepsElement(steps: readonly RunItem[], words: Words): readonly CardElement[] {
  if (steps.length === 0) return [];
  const shown = steps.slice(-shownSteps).map(stepLine);
  const earlier = steps.length - shown.length;
  const last = steps.at(-1);
  const title = `${words.steps(steps.length)}${last === undefined ? '' : ` · ${Array.from(stepName(last)).slice(0, 60).join('')}`}`;
  const lines = [...(earlier > 0 ? [words.earlier(earlier)] : []), ...shown];
  return [panel('steps', safeMarkdown(title), fitLines(lines, parts.steps, words))];
}

/** One step: a mark, its name as code (so nothing in it is Markdown), and the end of what it printed. */
function stepLine(step: RunItem): string {
  const mark = 'status' in step ? { inProgress: '⏳', completed: '✅', failed: '❌', declined: '🚫' }[step.status] : '🔎';
  const output = step.type === 'command' && step.status === 'failed' ? step.output?.trimEnd() : undefined;
  const tailOfOutput = output === undefined || output === '' ? '' : `\n${codeBlock(output.slice(-400))}`;
  return `${mark} ${inlineCode(stepName(step))}${tailOfOutput}`;
}

function stepName(step: RunItem): string {
  switch (step.type) {
    case 'command':
      return oneLine(step.command, 160);
    case 'file.change':
      return oneLine(step.changes.map(changeName).join(', '), 160);
    case 'tool.call':
      return oneLine([step.server, step.tool].filter((part) => part !== undefined).join(' · '), 100);
    case 'web.search':
      return oneLine(step.query, 160);
    case 'user.message':
    case 'agent.message':
    case 'reasoning':
    case 'plan':
    case 'compaction':
    case 'review':
    case 'other':
      return step.type;
  }
}

function changeName(change: FileChange): string {
  const sign = { add: '+', delete: '−', update: '±' }[change.kind];
  return `${sign}${change.path.split(/[\\/]/).slice(-2).join('/')}`;
}

function diffElement(diff: string | undefined, words: Words): readonly CardElement[] {
  if (diff === undefined || diff.trim() === '') return [];
  const shown = fitJson(safeMarkdown(diff), parts.diff - 200);
  const rest = shown.length < safeMarkdown(diff).length ? `\n${words.more}` : '';
  return [panel('diff', words.diff, `${codeBlock(shown, 'diff')}${rest}`)];
}

function noteElement(view: RunView): readonly CardElement[] {
  const error = view.error === undefined ? '' : fitJson(flat(view.error.message), parts.error);
  const note = view.note === undefined ? '' : fitJson(limitTables(safeMarkdown(view.note), 0), parts.note);
  const lines = [...(error === '' ? [] : [`⚠️ ${error}`]), ...(note === '' ? [] : [note])];
  // The note usually tells of the error in better words.
  return lines.length === 0 ? [] : [markdown('note', lines.at(-1) ?? '')];
}

function usageElement(view: RunView, words: Words): readonly CardElement[] {
  const count = view.usage?.last ?? view.usage?.total;
  if (count === undefined) return [];
  const { input, output } = count;
  return [markdown('usage', `<font color='grey'>${words.usage(input, output)}</font>`)];
}

/** No words go into a run that has not begun. */
function ownControls({ line }: RunView, { ownControls = ['stop', 'steer'] }: RunCardOptions): readonly ('stop' | 'steer')[] {
  return line === undefined ? ownControls : ownControls.filter((one) => one !== 'steer');
}

function ownControlElements(controls: readonly ('stop' | 'steer')[], words: Words): readonly CardElement[] {
  const stop = controls.includes('stop')
    ? [row('stop_row', [button('stop', words.stop, { say: '/stop' }, { type: 'danger', ask: words.stopAsk })])]
    : [];
  if (!controls.includes('steer')) return stop;
  const form: CardElement = {
    tag: 'form',
    element_id: 'steer_form',
    name: 'steer_form',
    elements: [
      { tag: 'input', name: 'steer_text', placeholder: { tag: 'plain_text', content: words.steerHint }, max_length: 1_000 },
      button('steer', words.steer, { say: '/steer', input: 'steer_text' }, { submit: true }),
    ],
  };
  return [...stop, form];
}

function colourOf({ status, line }: RunView): string {
  if (line !== undefined && !hasEnded(status)) return 'grey';
  switch (status) {
    case 'starting':
    case 'running':
    case 'waiting':
      return 'blue';
    case 'completed':
      return 'green';
    case 'failed':
    case 'lost':
      return 'red';
    case 'interrupted':
      return 'grey';
  }
}

function fitLines(lines: readonly string[], maxBytes: number, words: Words): string {
  const kept: string[] = [];
  let size = 20;
  for (const line of lines) {
    const bytes = escapedBytes(line) + 2;
    if (size + bytes > maxBytes) return [...kept, words.more].join('\n');
    kept.push(line);
    size += bytes;
  }
  return kept.join('\n');
}

const flat = (text: string) => safeMarkdown(text).replaceAll(/\s+/g, ' ').replaceAll('|', '｜').trim();
const oneLine = (text: string, max: number) => Array.from(flat(text)).slice(0, max).join('');
const inlineCode = (text: string) => `\`${text.replaceAll('`', 'ˋ')}\``;

function codeBlock(text: string, language = ''): string {
  const safe = safeMarkdown(text);
  const mark = fenceAround(safe);
  return `${mark}${language}\n${safe}\n${mark}`;
}
