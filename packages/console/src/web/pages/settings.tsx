import { useSignal } from '@preact/signals';
import type { SettingEntry } from '@threadbridge/contract';
import { Panel } from '../parts/panel.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useResource } from '../state/resource.ts';
import { texts } from '../texts/texts.ts';

/** What is in force, with where it comes from. */
export function Settings() {
  const { value: words } = texts;
  const settings = useResource<readonly SettingEntry[]>('settings');
  const filter = useSignal('');
  const wanted = filter.value.trim().toLowerCase();
  return (
    <Panel title={words.settingsTitle}>
      <p class="faint">{words.settingsLead}</p>
      <Trouble of={settings} />
      <SearchField text={filter} label={words.settingsFilter} />
      <dl class="settings">
        {settings.data
          ?.filter(({ path }) => path.toLowerCase().includes(wanted))
          .map(({ path, value, origin }) => (
            <div key={path} class={origin === 'default' ? '' : 'is-set'}>
              <dt>
                <code>{path}</code>
              </dt>
              <dd>
                <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code>
                <span class="faint">{origin}</span>
              </dd>
            </div>
          ))}
      </dl>
    </Panel>
  );
}
