import type { Signal } from '@preact/signals';

/** Words to look for, as they are typed. */
export function SearchField({ text, label }: { readonly text: Signal<string>; readonly label: string }) {
  return (
    <input
      type="search"
      class="search"
      aria-label={label}
      placeholder={label}
      value={text.value}
      onInput={(event) => {
        text.value = event.currentTarget.value;
      }}
    />
  );
}
