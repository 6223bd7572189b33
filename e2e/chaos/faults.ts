import { setTimeout as delay } from 'node:timers/promises';
import type { FeishuFault, FeishuOperation } from '@threadbridge/testkit/feishu';
import type { IlinkEndpoint, IlinkFault } from '@threadbridge/testkit/ilink';
import type { Dice } from './dice.ts';
import type { Arena } from './open-arena.ts';

/** Something that goes wrong. */
export interface Fault {
  readonly name: string;
  readonly weight: number;
  /** It counts as a kill. */
  readonly isKill: boolean;
  /** It may end the gateway, which is then started again. */
  readonly isHard?: true;
  /** False: nothing was there to be struck. What lasts goes on behind it. */
  strike(arena: Arena, dice: Dice): Promise<boolean>;
}

const wechatEndpoints: readonly [IlinkEndpoint, ...IlinkEndpoint[]] = ['getupdates', 'sendmessage', 'getconfig', 'sendtyping'];
const feishuOperations: readonly [FeishuOperation, ...FeishuOperation[]] = [
  'message.create',
  ...(['message.reply', 'message.patch', 'card.create', 'card.update', 'card.settings'] as const),
  ...(['element.content', 'element.update', 'token', 'message.list'] as const),
];

const hourMs = 3_600_000;

export const faults: readonly Fault[] = [
  { name: 'gateway killed', weight: 6, isKill: true, strike: ({ gateway }) => gateway.kill() },
  {
    name: 'app-server killed',
    weight: 5,
    isKill: true,
    strike: async (arena) => arena.killAppServer(),
  },
  {
    name: 'WeChat call broken',
    weight: 4,
    isKill: false,
    async strike({ wechat }, dice) {
      const endpoint = dice.pick(wechatEndpoints);
      const isProcessed = dice.next() < 0.5;
      wechat.fail(
        endpoint,
        dice.pick<IlinkFault>([
          { type: 'cut' },
          { type: 'drop', isProcessed },
          { type: 'status', status: 502, isProcessed },
          { type: 'garbage' },
        ]),
      );
      return true;
    },
  },
  {
    name: 'WeChat messages doubled or out of order',
    weight: 3,
    isKill: false,
    async strike({ wechat }, dice) {
      if (dice.next() < 0.4) wechat.redeliver();
      else wechat.fail('getupdates', { type: dice.next() < 0.5 ? 'duplicate' : 'reorder' });
      return true;
    },
  },
  {
    name: 'Feishu call broken',
    weight: 4,
    isKill: false,
    async strike({ feishu }, dice) {
      const isProcessed = dice.next() < 0.5;
      feishu.fail(
        dice.pick(feishuOperations),
        dice.pick<FeishuFault>([
          { type: 'drop', isProcessed },
          { type: 'status', status: 503, isProcessed },
          { type: 'rate', resetSeconds: 1 },
        ]),
      );
      return true;
    },
  },
  {
    name: 'Feishu event doubled',
    weight: 2,
    isKill: false,
    async strike({ feishu }) {
      feishu.redeliver();
      return true;
    },
  },
  {
    name: 'Feishu connection lost',
    weight: 2,
    isKill: false,
    async strike({ feishu }) {
      feishu.connections.drop();
      return true;
    },
  },
  {
    name: 'Feishu tokens expired',
    weight: 1,
    isKill: false,
    async strike({ feishu }) {
      feishu.expireTokens();
      return true;
    },
  },
  {
    name: 'model broke off',
    weight: 2,
    isKill: false,
    async strike(arena) {
      arena.breakModel();
      return true;
    },
  },
  { name: 'gateway frozen', weight: 2, isKill: false, strike: ({ gateway }, dice) => gateway.freeze(dice.between(200, 1_500)) },
  {
    name: 'clock jumped',
    weight: 1,
    isKill: false,
    async strike({ gateway }, dice) {
      gateway.shiftClock(dice.between(-hourMs, hourMs));
      return true;
    },
  },
  {
    name: 'disk full',
    weight: 1,
    isKill: false,
    isHard: true,
    strike: async ({ disk }, dice) => begun(disk?.fill(dice.between(200, 1_500))),
  },
  {
    name: 'disk slow',
    weight: 2,
    isKill: false,
    strike: async ({ disk }, dice) => begun(disk?.slow(dice.between(500, 3_000))),
  },
];

/** It lasts a while; people go on meanwhile. */
async function begun(trouble: Promise<boolean> | undefined): Promise<boolean> {
  return trouble !== undefined && (await Promise.race([trouble, delay(50, true)]));
}

/** One of these, the heavier the likelier. */
export function chooseFault(from: readonly Fault[], dice: Dice): Fault | undefined {
  let left = dice.next() * from.reduce((sum, { weight }) => sum + weight, 0);
  return from.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
}
