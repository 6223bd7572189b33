import type { AccountLimits } from '@threadbridge/contract';
import { useId } from 'preact/hooks';
import { Nothing, Panel } from '../parts/panel.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { language } from '../state/preferences.ts';
import { useResource } from '../state/resource.ts';
import { fromNow } from '../texts/moments.ts';
import { texts } from '../texts/texts.ts';

/** How much of its limits the account has used. */
export function Limits() {
  const { value: words } = texts;
  const limits = useResource<AccountLimits | null>('limits');
  return (
    <Panel title={words.limitsTitle}>
      <Trouble of={limits} />
      {limits.data === null && <Nothing>{words.limitsNone}</Nothing>}
      {limits.data?.isReached && <p class="problem">{words.limitReached}</p>}
      {limits.data?.windows.map((window) => (
        <Window key={`${window.name}${window.lengthMs}`} window={window} />
      ))}
    </Panel>
  );
}

function Window({ window }: { readonly window: AccountLimits['windows'][number] }) {
  const { value: words } = texts;
  const id = useId();
  const percent = Math.round(window.usedPercent);
  return (
    <div class="limit">
      <p id={id}>
        <span>{[window.name, lengthOf(window.lengthMs)].filter(Boolean).join(' · ')}</span>
        <span class="faint">
          {words.used(percent)}
          {window.resetsAt !== undefined && ` · ${words.limitResets(fromNow(window.resetsAt, language.value))}`}
        </span>
      </p>
      <progress max={100} value={percent} aria-labelledby={id} />
    </div>
  );
}

function lengthOf(ms: number | undefined): string | undefined {
  if (ms === undefined) return undefined;
  const hours = Math.round(ms / 3_600_000);
  const [value, unit] = hours < 48 ? ([hours, 'hour'] as const) : ([Math.round(hours / 24), 'day'] as const);
  return new Intl.NumberFormat(language.value === 'zh' ? 'zh-CN' : 'en', { style: 'unit', unit, unitDisplay: 'long' }).format(
    value,
  );
}
