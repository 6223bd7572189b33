import { useSignal } from '@preact/signals';
import type { DeliveryEntry } from '@threadbridge/contract';
import { Badge, Nothing, Panel } from '../parts/panel.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { language } from '../state/preferences.ts';
import { firstWords } from '../texts/first-words.ts';
import { clockTime } from '../texts/moments.ts';
import { texts } from '../texts/texts.ts';
import { MoreButton, usePaged } from './paged.tsx';
import { ScopeName } from './scope-name.tsx';

const tones = { waiting: 'busy', sending: 'busy', done: 'good', failed: 'bad', unknown: 'bad' } as const;

/** What was said everywhere, and what became of it. */
export function Deliveries() {
  const { value: words } = texts;
  const paged = usePaged<DeliveryEntry>('deliveries', 'deliveries');
  const isNarrow = useSignal(false);
  const shown = paged.entries.filter(({ state }) => !isNarrow.value || state !== 'done');
  const filter = (
    <label class="option">
      <input
        type="checkbox"
        checked={isNarrow.value}
        onChange={(event) => {
          isNarrow.value = event.currentTarget.checked;
        }}
      />
      <span>{words.onlyTroubled}</span>
    </label>
  );
  return (
    <Panel title={words.deliveriesTitle} aside={filter}>
      <Trouble of={paged.first} />
      {paged.first.data !== undefined && shown.length === 0 && <Nothing>{words.deliveriesNone}</Nothing>}
      <ul class="rows">
        {shown.map((delivery) => (
          <li key={delivery.key} class="row flat">
            <span class="row-main">
              <ScopeName scope={delivery.scope} />
              <span class="row-text">{firstWords(delivery.markdown)}</span>
              {delivery.state === 'unknown' && <span class="problem">{words.deliveryUnknown}</span>}
              {delivery.code !== undefined && (
                <span class="problem">
                  <code>{delivery.code}</code> {delivery.attempts > 0 && words.attempts(delivery.attempts)}
                </span>
              )}
            </span>
            <span class="row-end">
              <Badge tone={tones[delivery.state]}>{words.deliveryState[delivery.state]}</Badge>
              <span class="faint">{clockTime(delivery.at, language.value)}</span>
            </span>
          </li>
        ))}
      </ul>
      <MoreButton of={paged} />
    </Panel>
  );
}
