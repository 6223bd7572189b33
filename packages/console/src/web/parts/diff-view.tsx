import { useMemo } from 'preact/hooks';
import { type DiffLine, readDiff } from './read-diff.ts';

const signs = { same: ' ', added: '+', removed: '−' } as const;

/** A diff, line by line. */
export function DiffView({ diff }: { readonly diff: string }) {
  const lines = useMemo(() => readDiff(diff), [diff]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="diff" tabIndex={0} aria-label="diff">
      <div class="diff-lines">
        {lines.map((line, index) => (
          <Line key={index} line={line} />
        ))}
      </div>
    </section>
  );
}

function Line({ line }: { readonly line: DiffLine }) {
  if (line.kind === 'file' || line.kind === 'hunk') return <div class={`diff-${line.kind}`}>{line.text}</div>;
  return (
    <div class={`diff-line diff-${line.kind}`}>
      <span class="diff-number">{line.before ?? ''}</span>
      <span class="diff-number">{line.after ?? ''}</span>
      <span class="diff-sign">{signs[line.kind]}</span>
      <span class="diff-text">{line.text === '' ? ' ' : line.text}</span>
    </div>
  );
}
