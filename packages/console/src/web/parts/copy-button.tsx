import { useSignal } from '@preact/signals';
import { texts } from '../texts/texts.ts';
import { Icon } from './icon.tsx';

/** Puts a text where it can be pasted from. */
export function CopyButton({ text }: { readonly text: string }) {
  const isCopied = useSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    isCopied.value = true;
    setTimeout(() => {
      isCopied.value = false;
    }, 1_500);
  };
  const label = isCopied.value ? texts.value.copied : texts.value.copy;
  return (
    <button type="button" class="quiet small" onClick={() => void copy().catch(() => {})} aria-label={label} title={label}>
      <Icon name={isCopied.value ? 'check' : 'copy'} />
    </button>
  );
}
