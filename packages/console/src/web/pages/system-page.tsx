import type { GatewayStatus, RunnerHealth } from '@threadbridge/contract';
import { Nothing, Panel } from '../parts/panel.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { chooseLanguage, chooseTheme, language, type Theme, theme } from '../state/preferences.ts';
import { useResource } from '../state/resource.ts';
import { leave } from '../state/session.ts';
import { fromNow } from '../texts/moments.ts';
import { texts } from '../texts/texts.ts';
import { Audit } from './audit.tsx';
import { Limits } from './limits.tsx';
import { Settings } from './settings.tsx';

/** The agent, its limits, the audit log, the configuration, and how this page looks. */
export function SystemPage() {
  const { value: words } = texts;
  const status = useResource<GatewayStatus>('status', 'channels');
  return (
    <div class="page">
      <h1>{words.nav.system}</h1>
      {status.data !== undefined && (
        <p class="faint">
          {words.profile(status.data.profile)} · {words.upSince(fromNow(status.data.startedAt, language.value))}
        </p>
      )}
      <Appearance />
      <Health />
      <Limits />
      <Audit />
      <Settings />
    </div>
  );
}

const themes: readonly Theme[] = ['auto', 'light', 'dark'];

function Appearance() {
  const { value: words } = texts;
  return (
    <Panel
      title={words.appearance}
      aside={
        <button type="button" class="quiet" onClick={() => void leave().catch(() => {})}>
          {words.leave}
        </button>
      }
    >
      <fieldset class="choices">
        <legend>{words.theme}</legend>
        {themes.map((one) => (
          <label key={one} class="option">
            <input type="radio" name="theme" checked={theme.value === one} onChange={() => chooseTheme(one)} />
            <span>{words.themes[one]}</span>
          </label>
        ))}
      </fieldset>
      <fieldset class="choices">
        <legend>{words.language}</legend>
        <label class="option">
          <input type="radio" name="language" checked={language.value === 'en'} onChange={() => chooseLanguage('en')} />
          <span lang="en">English</span>
        </label>
        <label class="option">
          <input type="radio" name="language" checked={language.value === 'zh'} onChange={() => chooseLanguage('zh')} />
          <span lang="zh-CN">中文</span>
        </label>
      </fieldset>
    </Panel>
  );
}

function Health() {
  const { value: words } = texts;
  const health = useResource<RunnerHealth>('health');
  const { data } = health;
  return (
    <Panel title={words.healthTitle}>
      <Trouble of={health} />
      {data === undefined ? (
        <Nothing>{words.loading}</Nothing>
      ) : (
        <>
          <dl class="facts">
            <dt>{words.healthVersion}</dt>
            <dd>
              {data.name} {data.version}
            </dd>
            <dt>{words.healthLogin}</dt>
            <dd>{words.loginWords[data.login]}</dd>
            <dt>{words.healthSandbox}</dt>
            <dd>{words.sandboxWords[data.sandbox]}</dd>
          </dl>
          {data.problems.length === 0 && <p>{words.healthOk}</p>}
          {data.problems.map(({ code, message, remedy }) => (
            <p key={code} class="problem">
              {message} {remedy}
            </p>
          ))}
        </>
      )}
    </Panel>
  );
}
