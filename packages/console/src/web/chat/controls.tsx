import { useSignal } from '@preact/signals';
import type { OutboundAction, OutboundControls, OutboundField, OutboundForm } from '@threadbridge/contract';
import { useEffect, useId } from 'preact/hooks';
import { press } from '../state/chats.ts';
import { texts } from '../texts/texts.ts';

/** What may be done with a run that goes on, anew whenever something was done; or after its end, once. */
export function RunControls({
  chat,
  controls,
  isOpen,
}: {
  readonly chat: string;
  readonly controls: OutboundControls;
  readonly isOpen: boolean;
}) {
  if (tokensOf(controls) === '') return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would stand around forms
    <div class="run-controls" role="group" aria-label={isOpen ? texts.value.runControls : texts.value.endControls}>
      <Controls chat={chat} controls={controls} />
    </div>
  );
}

/** Buttons, things to pick and fields to fill in; each can be used once. */
export function Controls({ chat, controls }: { readonly chat: string; readonly controls: OutboundControls }) {
  const isSent = useSignal(false);
  const offered = tokensOf(controls);
  useEffect(() => {
    isSent.value = false;
  }, [offered, isSent]);
  const send = async (token: string, values?: Readonly<Record<string, string>>) => {
    isSent.value = true;
    await press(chat, token, values).catch(() => {
      isSent.value = false;
    });
  };
  const { actions = [], choices = [], form } = controls;
  return (
    <div class="controls">
      {choices.map(({ label, detail, token }) => (
        <button key={token} type="button" class="choice" disabled={isSent.value} onClick={() => void send(token)}>
          <span>{label}</span>
          {detail !== undefined && <span class="faint">{detail}</span>}
        </button>
      ))}
      {form !== undefined && <Form form={form} isSent={isSent.value} onSend={(values) => void send(form.submit.token, values)} />}
      {actions.length > 0 && (
        <div class="buttons">
          {actions.map((action) => (
            <ActionButton key={action.label} action={action} isDisabled={isSent.value} onPress={() => void send(action.token)} />
          ))}
        </div>
      )}
    </div>
  );
}

function tokensOf({ actions = [], choices = [], form }: OutboundControls): string {
  return [...actions, ...choices, ...(form ? [form.submit] : [])].map(({ token }) => token).join();
}

function ActionButton({
  action,
  isDisabled,
  onPress,
}: {
  readonly action: OutboundAction;
  readonly isDisabled: boolean;
  readonly onPress: () => void;
}) {
  const go = (event: Event) => {
    // It is about to go, and the focus with it.
    (event.currentTarget as HTMLElement).closest<HTMLElement>('[role=log]')?.focus({ preventScroll: true });
    onPress();
  };
  return (
    <button type="button" class={action.style ?? ''} disabled={isDisabled} onClick={go}>
      {action.label}
    </button>
  );
}

function Form({
  form,
  isSent,
  onSend,
}: {
  readonly form: OutboundForm;
  readonly isSent: boolean;
  readonly onSend: (values: Readonly<Record<string, string>>) => void;
}) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    onSend(Object.fromEntries(Array.from(data, ([name, value]) => [name, String(value)])));
    (event.currentTarget as HTMLFormElement).reset();
  };
  return (
    <form class="form" onSubmit={submit}>
      {form.fields.map((field) => (
        <Field key={field.name} field={field} />
      ))}
      <button type="submit" class={form.submit.style ?? 'primary'} disabled={isSent}>
        {form.submit.label}
      </button>
    </form>
  );
}

function Field({ field }: { readonly field: OutboundField }) {
  const id = useId();
  const { name, label, options, initial, isRequired = false } = field;
  if (options !== undefined && options.length <= 6)
    return (
      <fieldset>
        <legend>{label}</legend>
        {options.map((option) => (
          <label key={option.value} class="option">
            <input
              type="radio"
              name={name}
              value={option.value}
              required={isRequired}
              defaultChecked={option.value === initial}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </fieldset>
    );
  return (
    <div class="field">
      <label for={id}>
        {label}
        {isRequired && <span class="faint"> {texts.value.required}</span>}
      </label>
      {options === undefined ? (
        <input id={id} name={name} defaultValue={initial ?? ''} required={isRequired} autocomplete="off" />
      ) : (
        <select id={id} name={name} required={isRequired} defaultValue={initial ?? ''}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
