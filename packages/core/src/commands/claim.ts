import { takeClaim } from '../decide/take-claim.ts';
import type { Command } from './command.ts';

/** Strangers may give it, too: `onMessage` hands it on before it refuses them. */
export const claim: Command = {
  name: 'claim',
  usage: '/claim CODE',
  role: 'guest',
  place: 'private',
  help: { en: 'become the owner, with the code of `threadbridge claim`', zh: '用 `threadbridge claim` 显示的代码成为主人' },
  decide: ({ state, rules, at, args, event }) => takeClaim(state, event, args, at, rules),
};
