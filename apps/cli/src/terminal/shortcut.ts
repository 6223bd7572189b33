import type { OutboundAction } from '@threadbridge/contract';

/** The button that a bare `y` or `n` stands for while exactly one question is open. Anything else is a message. Pure. */
export function shortcut(text: string, question: readonly OutboundAction[] | undefined): OutboundAction | undefined {
  const word = text.trim().toLowerCase();
  const style = word === 'y' ? 'primary' : word === 'n' ? 'danger' : undefined;
  return style === undefined ? undefined : question?.find((action) => action.style === style);
}
