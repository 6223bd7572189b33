import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { ConsoleLoginStep } from '../../wire.ts';
import { post, remove } from '../api.ts';
import { Icon, Spinner } from '../parts/icon.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { logins } from '../state/feed.ts';
import { texts } from '../texts/texts.ts';

/** A login, step by step. Closing it calls the login off. */
export function LoginDialog({
  channel,
  onAgain,
  onClose,
}: {
  readonly channel: string;
  readonly onAgain: (channel: string) => void;
  readonly onClose: () => void;
}) {
  const { value: words } = texts;
  const title = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const login = logins.value.get(channel);
  const isOver = login?.isOver ?? false;
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => {
    if (!isOver) void remove(`logins/${channel}`).catch(() => {});
    onClose();
  };
  return (
    <dialog ref={dialog} class="card login" aria-labelledby={title} onClose={close}>
      <div class="panel-head">
        <h2 id={title}>{words.loginTitle(channel)}</h2>
        <button type="button" class="quiet round" aria-label={words.close} onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </div>
      <div class="login-step" role="status" aria-live="polite">
        <Step step={login?.step ?? { type: 'starting' }} channel={channel} />
      </div>
      <div class="buttons">
        {login?.step.type === 'failed' && (
          <button type="button" class="primary" onClick={() => onAgain(channel)}>
            {words.retry}
          </button>
        )}
        <button type="button" onClick={() => dialog.current?.close()}>
          {isOver ? words.close : words.loginCancel}
        </button>
      </div>
    </dialog>
  );
}

function Step({ step, channel }: { readonly step: ConsoleLoginStep; readonly channel: string }) {
  const { value: words } = texts;
  switch (step.type) {
    case 'starting':
      return <Waiting words={words.loginStarting} />;
    case 'qr':
      return (
        <>
          <QrCode text={step.url} label={words.qrFor} />
          <p>{step.attempt === 1 ? words.loginScan : words.loginScanNew}</p>
          <p class="faint">
            <a href={step.url} target="_blank" rel="noopener noreferrer">
              {words.loginLink}
            </a>
          </p>
        </>
      );
    case 'visit':
      return (
        <>
          <p>{words.loginVisit}</p>
          <p>
            <a href={step.url} target="_blank" rel="noopener noreferrer">
              {step.url}
            </a>
          </p>
          {step.code !== undefined && (
            <p>
              {words.loginVisitCode} <strong class="number">{step.code}</strong>
            </p>
          )}
        </>
      );
    case 'scanned':
      return <Waiting words={words.loginScanned} />;
    case 'code.wanted':
      return <NumberForm channel={channel} words={step.isWrong ? words.loginNumberWrong : words.loginNumber} />;
    case 'redirected':
      return <Waiting words={words.loginRedirected(step.host)} />;
    case 'expired':
      return <Waiting words={step.reason === 'old' ? words.loginExpired : words.loginBlocked} />;
    case 'complete':
      return <Done words={words.loginComplete(step.account)} />;
    case 'already.bound':
      return <Done words={words.loginBound} />;
    case 'failed':
      return (
        <p class="problem">
          {words.loginFailed} {step.message}
        </p>
      );
  }
}

function Waiting({ words }: { readonly words: string }) {
  return (
    <p class="waiting">
      <Spinner />
      {words}
    </p>
  );
}

function Done({ words }: { readonly words: string }) {
  return (
    <p class="done">
      <Icon name="check" />
      {words}
    </p>
  );
}

function NumberForm({ channel, words }: { readonly channel: string; readonly words: string }) {
  const code = useSignal('');
  const id = useId();
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void post(`logins/${channel}/code`, { code: code.value.trim() }).catch(() => {});
        code.value = '';
      }}
    >
      <p>{words}</p>
      <div class="field">
        <label for={id}>{texts.value.loginNumberLabel}</label>
        <input
          id={id}
          class="number"
          inputMode="numeric"
          autocomplete="one-time-code"
          required
          value={code.value}
          onInput={(event) => {
            code.value = event.currentTarget.value;
          }}
        />
      </div>
      <button type="submit" class="primary">
        {texts.value.send}
      </button>
    </form>
  );
}
