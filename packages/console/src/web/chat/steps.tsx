import type { RunItem } from '@threadbridge/contract';
import { DiffView } from '../parts/diff-view.tsx';
import { Icon, type IconName, Spinner } from '../parts/icon.tsx';
import { duration } from '../texts/moments.ts';
import { texts } from '../texts/texts.ts';

/** Commands, changes and tool calls of a run, in order. */
export function Steps({ steps }: { readonly steps: readonly RunItem[] }) {
  return (
    <ol class="steps">
      {steps.map((step) => (
        <li key={step.id}>
          <Step step={step} />
        </li>
      ))}
    </ol>
  );
}

function Step({ step }: { readonly step: RunItem }) {
  const { value: words } = texts;
  switch (step.type) {
    case 'command': {
      const end = [
        ...(step.exitCode === undefined || step.exitCode === 0 ? [] : [words.exit(step.exitCode)]),
        ...(step.durationMs === undefined ? [] : [duration(step.durationMs)]),
      ].join(' · ');
      return (
        <StepBox icon="terminal" status={step.status} title={<code>{step.command}</code>} end={end}>
          {step.output !== undefined && step.output !== '' && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
            <pre class="output" tabIndex={0}>
              {step.output}
            </pre>
          )}
        </StepBox>
      );
    }
    case 'file.change':
      return (
        <StepBox icon="file" status={step.status} title={words.changes(step.changes.length)} end="">
          {step.changes.map((change) => (
            <div key={change.path} class="change">
              <code>{change.path}</code>
              <DiffView diff={change.kind === 'update' ? change.diff : signed(change.diff, change.kind === 'add' ? '+' : '-')} />
            </div>
          ))}
        </StepBox>
      );
    case 'tool.call':
      return (
        <StepBox
          icon="tool"
          status={step.status}
          title={words.tool(step.server === undefined ? step.tool : `${step.server}.${step.tool}`)}
          end=""
        >
          <pre class="output">{JSON.stringify(step.arguments, null, 2)}</pre>
          {step.error !== undefined && <p class="problem">{step.error}</p>}
        </StepBox>
      );
    case 'web.search':
      return <StepBox icon="globe" status="completed" title={words.searched(step.query)} end="" />;
    default:
      return null;
  }
}

function signed(content: string, sign: '+' | '-'): string {
  return content
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => sign + line)
    .join('\n');
}

function StepBox({
  icon,
  status,
  title,
  end,
  children,
}: {
  readonly icon: IconName;
  readonly status: 'inProgress' | 'completed' | 'failed' | 'declined';
  readonly title: preact.ComponentChildren;
  readonly end: string;
  readonly children?: preact.ComponentChildren;
}) {
  const head = (
    <>
      {status === 'inProgress' ? <Spinner /> : <Icon name={icon} />}
      <span class="step-title">{title}</span>
      <span class="step-end">
        {status === 'failed' || status === 'declined' ? texts.value.stepStatus[status] : ''}
        {end}
      </span>
    </>
  );
  if (children === undefined || children === false) return <div class={`step ${status}`}>{head}</div>;
  return (
    <details class={`step ${status}`}>
      <summary>{head}</summary>
      <div class="step-body">{children}</div>
    </details>
  );
}
