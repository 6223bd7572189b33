import type { InboundMention } from './inbound.ts';

/**
 * Puts names where the platform left placeholders (`@_user_1`); the bot's own placeholder goes away, it is an address and no part of the
 * question. Longer placeholders go first: `@_user_1` begins `@_user_10`.
 */
export function nameMentions(text: string, mentions: readonly InboundMention[], bot: string): string {
  const byLength = [...mentions].sort((a, b) => b.key.length - a.key.length);
  let named = text;
  for (const { key, id, name } of byLength) {
    if (key === '') continue;
    // A function, since a name may hold `$&`.
    named =
      id === bot ? named.replaceAll(new RegExp(`${literal(key)} ?`, 'g'), '') : named.replaceAll(key, () => `@${name || id}`);
  }
  return named.replaceAll(/@_all\b/g, '@all').trim();
}

/** Whether the bot itself is addressed; `@all` addresses people. */
export function isMentioned(mentions: readonly InboundMention[], bot: string): boolean {
  return mentions.some((one) => one.id === bot);
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
