import { viewText } from '@threadbridge/contract';
import type { ChatItem } from '../../wire.ts';
import { texts } from '../texts/texts.ts';
import { statusOf } from './run-view.tsx';

/** Tells a screen reader what came last, once it is whole; what still streams is not read out. */
export function Announcer({ items }: { readonly items: readonly ChatItem[] }) {
  const last = items.at(-1);
  return (
    <p class="hidden" role="status" aria-live="polite">
      {last === undefined ? '' : wordsFor(last)}
    </p>
  );
}

function wordsFor(item: ChatItem): string {
  switch (item.type) {
    case 'mine':
      return '';
    case 'said':
      return item.controls === undefined ? item.markdown : `${texts.value.question}: ${item.markdown}`;
    case 'run':
      return item.isOpen ? statusOf(item.view) : viewText(item.view);
  }
}
