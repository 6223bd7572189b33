import type { ApprovalEntry, RunEntry } from '@threadbridge/contract';
import { RunView, statusOf } from '../chat/run-view.tsx';
import { Badge, Nothing, Panel } from '../parts/panel.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { language } from '../state/preferences.ts';
import { useResource } from '../state/resource.ts';
import { fromNow } from '../texts/moments.ts';
import { texts } from '../texts/texts.ts';
import { ScopeName } from './scope-name.tsx';

/** Runs that go on, of all conversations. */
export function Runs() {
  const { value: words } = texts;
  const runs = useResource<readonly RunEntry[]>('runs', 'runs');
  return (
    <Panel title={words.runsTitle}>
      <Trouble of={runs} />
      {runs.data?.length === 0 && <Nothing>{words.runsNone}</Nothing>}
      <ul class="rows">
        {runs.data?.map((run) => (
          <li key={run.run}>
            <Run run={run} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Run({ run }: { readonly run: RunEntry }) {
  const { value: words } = texts;
  const open = run.approvals.filter(({ answered }) => answered === undefined);
  const status = open.length > 0 ? 'waiting' : (run.view?.status ?? 'starting');
  return (
    <details class="row">
      <summary>
        <span class="row-main">
          <ScopeName scope={run.scope} />
          <span class="row-text">{run.prompt}</span>
        </span>
        <span class="row-end">
          <Badge tone={status === 'waiting' ? 'bad' : 'busy'}>
            {run.isStopping ? words.stopping : statusOf({ ...run.view, status })}
          </Badge>
          <span class="faint">{fromNow(run.startedAt, language.value)}</span>
        </span>
      </summary>
      <div class="row-body">
        <p class="faint">
          {words.askedBy(run.askedBy.join(', '))} · <code>{run.workspace}</code>
        </p>
        {open.map((one) => (
          <Question key={one.code} question={one} />
        ))}
        {run.view !== undefined && <RunView view={run.view} isOpen />}
      </div>
    </details>
  );
}

function Question({ question }: { readonly question: ApprovalEntry }) {
  const { approval, code } = question;
  return (
    <div class="asked">
      <p>{texts.value.approvalOpen(code)}</p>
      {approval.kind === 'command' && <code>{approval.command}</code>}
      {approval.kind === 'fileChange' && approval.changes.map(({ path }) => <code key={path}>{path}</code>)}
      {approval.reason !== undefined && <p class="faint">{approval.reason}</p>}
    </div>
  );
}
