import type { RunItem, RunView, ViewText } from '@threadbridge/contract';
import { type MarkdownState, markdownLine, startOfMarkdown } from './markdown-line.ts';
import { plainText } from './plain-text.ts';
import { gap, type Line, line } from './spans.ts';
import { isStepOpen, oneLine, planLine, type StepOptions, stepLines } from './step-lines.ts';

/** A message of the agent, as far as it was printed. */
interface PrintedText {
  readonly item: string;
  /** What was seen last. */
  readonly seen: string;
  /** Characters of it that stand in complete, printed lines. */
  readonly printed: number;
  readonly markdown: MarkdownState;
  readonly isDone: boolean;
}

/** Everything of a run that stands on the terminal and cannot be taken back. */
export interface Printed {
  readonly texts: readonly PrintedText[];
  readonly steps: readonly string[];
  readonly plan: readonly string[];
  /** What the last printed line belongs to; blocks are set apart by an empty line. */
  readonly block: 'none' | 'text' | 'step' | 'plan';
}

export const nothingPrinted: Printed = { texts: [], steps: [], plan: [], block: 'none' };

export interface Following {
  readonly printed: Printed;
  /** To be printed now, for good. */
  readonly lines: readonly Line[];
  /** The line that is still being written, for terminals that can show and replace it. */
  readonly tail: readonly Line[];
}

/** What a later view of the same run adds to what is printed. Never prints anything twice. Pure. */
export function followView(printed: Printed, view: RunView, options: StepOptions): Following {
  const gone = printed.texts.filter((known) => isDropped(known, view));
  const page = startPage({ ...printed, texts: printed.texts.filter((known) => !gone.includes(known)) }, options);
  if (gone.some((known) => known.printed > 0)) page.restarted();
  const steps = view.steps.filter((step) => !isStepOpen(step));
  const isNew = (text: ViewText) => !page.printed.texts.some((known) => known.item === text.item);
  // The view does not say how messages and steps follow one another: a message that came together with finished steps came after them.
  const hasNewSteps = steps.some((step) => !page.printed.steps.includes(step.id));
  const last = view.texts.at(-1);
  const late = hasNewSteps && last !== undefined && isNew(last) && !view.steps.some(isStepOpen) ? last : undefined;
  for (const text of view.texts) if (text !== late) page.text(text);
  for (const step of steps) page.step(step);
  page.plan(view);
  if (late !== undefined) page.text(late);
  return page.end();
}

/** The end of a run: what is missing of it. The last view may know the answer under another name than the views before. Pure. */
export function closeView(printed: Printed, view: RunView, options: StepOptions): Following {
  const page = startPage(printed, options);
  const named = view.texts.map((text) => ({ ...text, item: knownName(printed, text) ?? text.item, isDraft: false }));
  const whole = printed.texts.map((text) => text.seen.trim()).join('\n\n');
  const [only] = named;
  const repeats = named.length === 1 && only !== undefined && printed.texts.length > 1 && only.text.trim() === whole;
  for (const known of printed.texts) {
    if (!known.isDone && (repeats || !named.some((text) => text.item === known.item)))
      page.text({ item: known.item as ViewText['item'], text: known.seen, isDraft: false });
  }
  for (const step of view.steps) page.step(step);
  if (!repeats) for (const text of named) page.text(text);
  if (view.note !== undefined && view.note !== '') page.note(view.note, view.status);
  else if (view.status === 'failed' || view.status === 'lost')
    page.note(view.error?.message ?? options.words.failed, view.status);
  else if (view.status === 'interrupted') page.note(options.words.stopped, view.status);
  return page.end();
}

function knownName(printed: Printed, text: ViewText): ViewText['item'] | undefined {
  if (printed.texts.some((known) => known.item === text.item)) return text.item;
  const twin = printed.texts.findLast(
    (known) => known.seen.trim() === text.text.trim() || (!known.isDone && text.text.startsWith(known.seen)),
  );
  return twin?.item as ViewText['item'] | undefined;
}

/** Whether the agent took a draft back, or says it anew in other words. */
function isDropped(known: PrintedText, view: RunView): boolean {
  if (known.isDone) return false;
  const now = view.texts.find((text) => text.item === known.item);
  return now === undefined || !extendsPrinted(known, now.text);
}

function extendsPrinted(known: PrintedText, text: string): boolean {
  return text.startsWith(known.seen.slice(0, known.printed)) || text.trimEnd() === known.seen.slice(0, known.printed).trimEnd();
}

function startPage(start: Printed, options: StepOptions) {
  const { words } = options;
  let printed = start;
  const lines: Line[] = [];
  const tail: Line[] = [];

  const enter = (block: Printed['block'], isContinued = false) => {
    if (printed.block !== block || (block === 'text' && !isContinued)) lines.push(gap);
    printed = { ...printed, block };
  };

  return {
    get printed() {
      return printed;
    },
    restarted() {
      lines.push(line({ text: words.restarted, style: 'yellow' }));
    },
    text(text: ViewText) {
      const known = printed.texts.find((one) => one.item === text.item);
      if (known?.isDone) return;
      const before: PrintedText = known ?? { item: text.item, seen: '', printed: 0, markdown: startOfMarkdown, isDone: false };
      const whole = text.isDraft ? text.text : text.text.trimEnd();
      const end = text.isDraft ? whole.lastIndexOf('\n') + 1 : whole.length;
      let { markdown } = before;
      if (end > before.printed) {
        enter('text', before.printed > 0);
        const added = whole.slice(before.printed, end).replace(/\n$/, '');
        for (const source of added.split('\n')) {
          const next = markdownLine(markdown, source);
          markdown = next.state;
          lines.push(next.line);
        }
      }
      const rest = text.isDraft ? whole.slice(end) : '';
      if (rest !== '' && end === 0) tail.push(gap);
      if (rest !== '') tail.push(markdownLine(markdown, rest).line);
      const after = { ...before, seen: text.text, printed: Math.max(before.printed, end), markdown, isDone: !text.isDraft };
      printed = {
        ...printed,
        texts: known === undefined ? [...printed.texts, after] : printed.texts.map((one) => (one === known ? after : one)),
      };
    },
    step(step: RunItem) {
      if (printed.steps.includes(step.id)) return;
      const shown = stepLines(step, options);
      printed = { ...printed, steps: [...printed.steps, step.id] };
      if (shown.length === 0) return;
      enter('step');
      lines.push(...shown);
    },
    plan(view: RunView) {
      const now = view.plan.map((step) => `${step.status} ${step.step}`);
      const changed = view.plan.filter((_, at) => !printed.plan.includes(now[at] ?? ''));
      if (changed.length === 0) return;
      enter('plan');
      if (printed.plan.length === 0) lines.push(line({ text: words.plan, style: 'bold' }));
      // Steps that only wait again are no news.
      lines.push(...(printed.plan.length === 0 ? view.plan : changed).map((step) => planLine(step, words)));
      printed = { ...printed, plan: [...new Set([...printed.plan, ...now])] };
    },
    note(note: string, status: RunView['status']) {
      lines.push(gap);
      const style = status === 'completed' ? 'dim' : status === 'interrupted' ? 'yellow' : 'red';
      lines.push(
        ...plainText(note)
          .split('\n')
          .map((text) => line({ text, style })),
      );
    },
    end: (): Following => ({ printed, lines, tail }),
  };
}

/** What the run is doing right now, in a few words. */
export function activity(view: RunView, words: StepOptions['words']): string {
  if (view.line !== undefined) return words.inLine(view.line.place);
  if (view.status === 'waiting') return words.waiting;
  const open = view.steps.findLast(isStepOpen);
  if (open?.type === 'command') return words.running(oneLine(open.command, words));
  if (open?.type === 'file.change') return words.changing;
  if (open?.type === 'tool.call') return words.calling(oneLine(open.tool, words));
  return view.texts.some((text) => text.isDraft) ? words.writing : words.working;
}
