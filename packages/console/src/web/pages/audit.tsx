import { useSignal } from '@preact/signals';
import type { AuditLine, AuditState } from '@threadbridge/contract';
import { get } from '../api.ts';
import { Icon } from '../parts/icon.tsx';
import { Badge, Nothing, Panel } from '../parts/panel.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { language } from '../state/preferences.ts';
import { clockTime } from '../texts/moments.ts';
import { texts } from '../texts/texts.ts';
import { MoreButton, usePaged } from './paged.tsx';

const bad: ReadonlySet<string> = new Set(['refused', 'decline', 'cancel', 'failed', 'lost', 'expired']);

/** Who was let in, what ran, what was approved; and whether the log is as it was written. */
export function Audit() {
  const { value: words } = texts;
  const paged = usePaged<AuditLine>('audit', 'conversations');
  const check = (
    <span class="panel-aside">
      <Verdict />
    </span>
  );
  return (
    <Panel title={words.auditTitle} aside={check}>
      <Trouble of={paged.first} />
      {paged.first.data !== undefined && paged.entries.length === 0 && <Nothing>{words.auditNone}</Nothing>}
      <ul class="rows">
        {paged.entries.map((line) => (
          <li key={line.seq}>
            <details class="row">
              <summary>
                <span class="row-main">
                  <span>
                    {line.kind} <Badge tone={bad.has(line.outcome) ? 'bad' : 'calm'}>{line.outcome}</Badge>
                  </span>
                  <span class="row-text faint">{[line.actor, line.scope].filter(Boolean).join(' · ')}</span>
                </span>
                <span class="row-end">
                  <span class="faint">
                    #{line.seq} · {clockTime(line.at, language.value)}
                  </span>
                </span>
              </summary>
              <pre class="output row-body">{JSON.stringify(line.detail, null, 2)}</pre>
            </details>
          </li>
        ))}
      </ul>
      <MoreButton of={paged} />
    </Panel>
  );
}

function Verdict() {
  const { value: words } = texts;
  const verdict = useSignal<AuditState | undefined>(undefined);
  const check = async () => {
    verdict.value = await get<AuditState>('audit/state').catch(() => undefined);
  };
  const { value } = verdict;
  return (
    <>
      <span role="status" class={value?.isWhole === false ? 'problem' : 'done'}>
        {value !== undefined && <Icon name={value.isWhole ? 'check' : 'warn'} />}
        {value !== undefined && (value.isWhole ? words.auditWhole(value.count) : words.auditBroken(value.brokenAt, value.reason))}
      </span>
      <button type="button" class="quiet" onClick={() => void check()}>
        {words.auditCheck}
      </button>
    </>
  );
}
