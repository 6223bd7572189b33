import { useSignal } from '@preact/signals';
import icon from '../icon.svg';
import { enter } from '../state/session.ts';
import { texts } from '../texts/texts.ts';

/** Asks for the token. */
export function EnterPage() {
  const { value: words } = texts;
  const token = useSignal('');
  const problem = useSignal<string | undefined>(undefined);
  const submit = async () => {
    try {
      if (!(await enter(token.value.trim()))) problem.value = words.enterWrong;
    } catch {
      problem.value = words.failed;
    }
  };
  return (
    <main class="enter">
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <img src={icon} alt="" width="56" height="56" />
        <h1>{words.enterTitle}</h1>
        <p>{words.enterLead}</p>
        <label for="token">{words.enterToken}</label>
        <input
          id="token"
          type="password"
          autocomplete="current-password"
          required
          value={token.value}
          aria-describedby="token-problem"
          onInput={(event) => {
            token.value = event.currentTarget.value;
          }}
        />
        <p id="token-problem" class="problem" role="alert">
          {problem.value}
        </p>
        <button type="submit" class="primary">
          {words.enterGo}
        </button>
        <p class="faint">
          {words.enterHow} <code>threadbridge status --show-tokens</code>
        </p>
      </form>
    </main>
  );
}
