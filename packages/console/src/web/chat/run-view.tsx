import type { RunView as View } from '@threadbridge/contract';
import { DiffView } from '../parts/diff-view.tsx';
import { Icon, Spinner } from '../parts/icon.tsx';
import { Markdown } from '../parts/markdown.tsx';
import { countDiff, readDiff } from '../parts/read-diff.ts';
import { language } from '../state/preferences.ts';
import { number } from '../texts/moments.ts';
import { texts } from '../texts/texts.ts';
import { Steps } from './steps.tsx';

/** What a run shows: its plan, steps, words and diff. */
export function RunView({ view, isOpen }: { readonly view: View; readonly isOpen: boolean }) {
  const { value: words } = texts;
  const isBusy = isOpen && (view.status === 'running' || view.status === 'starting');
  const isTroubled = view.status === 'failed' || view.status === 'lost';
  return (
    <div class="run" data-status={view.status}>
      {view.plan.length > 0 && <Plan steps={view.plan} />}
      {view.steps.length > 0 &&
        (isOpen ? (
          <Steps steps={view.steps} />
        ) : (
          <details class="folded">
            <summary>
              <Icon name="right" />
              {words.steps(view.steps.length)}
            </summary>
            <Steps steps={view.steps} />
          </details>
        ))}
      {view.texts.map((part) => part.text !== '' && <Markdown key={part.item} text={part.text} />)}
      {view.diff !== undefined && view.diff !== '' && <Diff diff={view.diff} />}
      {view.error !== undefined && <p class="problem">{view.error.message}</p>}
      {view.note !== undefined && view.note !== '' && <Markdown text={view.note} />}
      <p class={`run-status ${isTroubled ? 'bad' : ''}`}>
        {isBusy && <Spinner />}
        {view.status === 'completed' && <Icon name="check" />}
        {(isTroubled || view.status === 'waiting') && <Icon name="warn" />}
        <span>{statusOf(view)}</span>
        {!isOpen && view.usage?.last !== undefined && (
          <span class="faint">{words.tokens(number(view.usage.last.input + view.usage.last.output, language.value))}</span>
        )}
      </p>
    </div>
  );
}

function Plan({ steps }: { readonly steps: View['plan'] }) {
  const { value: words } = texts;
  return (
    <section class="plan" aria-label={words.plan}>
      <ol>
        {steps.map(({ step, status }) => (
          <li key={step} class={status}>
            <span class="mark" aria-hidden="true">
              {status === 'completed' ? <Icon name="check" /> : status === 'inProgress' ? <Spinner /> : null}
            </span>
            <span>{step}</span>
            <span class="hidden">{words.planStatus[status]}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Diff({ diff }: { readonly diff: string }) {
  const { added, removed } = countDiff(readDiff(diff));
  return (
    <details class="folded">
      <summary>
        <Icon name="right" />
        {texts.value.diff}
        <span class="plus">+{added}</span>
        <span class="minus">−{removed}</span>
      </summary>
      <DiffView diff={diff} />
    </details>
  );
}

/** Where a run stands, in words. */
export function statusOf({ status, line }: Pick<View, 'status' | 'line'>): string {
  return line === undefined ? texts.value.status[status] : texts.value.inLine(line.place);
}
