import type { FeishuFault, FeishuOperation } from '@threadbridge/testkit/feishu';
import type { IlinkEndpoint, IlinkFault } from '@threadbridge/testkit/ilink';
import type { Dice } from './dice.ts';
import type { Arena } from './open-arena.ts';

/** Something that goes wrong. `kill` counts as a kill. */
export interface Fault {
  readonly name: string;
  readonly weight: number;
  readonly isKill: boolean;
  strike(arena: Arena, dice: Dice): Promise<void>;
}

const wechatEndpoints: readonly [IlinkEndpoint, ...IlinkEndpoint[]] = ['getupdates', 'sendmessage', 'getconfig', 'sendtyping'];
const feishuOperations: readonly [FeishuOperation, ...FeishuOperation[]] = [
  'message.create',
  ...(['message.reply', 'message.patch', 'card.create', 'card.update', 'card.settings'] as const),
  ...(['element.content', 'element.update', 'token', 'message.list'] as const),
];

const hourMs = 3_600_000;

export const faults: readonly Fault[] = [
  { name: 'gateway killed', weight: 6, isKill: true, strike: (arena) => arena.kill() },
  {
    name: 'app-server killed',
    weight: 4,
    isKill: true,
    async strike(arena) {
      arena.killAppServer();
    },
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
    },
  },
  {
    name: 'WeChat messages doubled or out of order',
    weight: 3,
    isKill: false,
    async strike({ wechat }, dice) {
      if (dice.next() < 0.4) wechat.redeliver();
      else wechat.fail('getupdates', { type: dice.next() < 0.5 ? 'duplicate' : 'reorder' });
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
    },
  },
  {
    name: 'Feishu event doubled',
    weight: 2,
    isKill: false,
    async strike({ feishu }) {
      feishu.redeliver();
    },
  },
  {
    name: 'Feishu connection lost',
    weight: 2,
    isKill: false,
    async strike({ feishu }) {
      feishu.connections.drop();
    },
  },
  {
    name: 'Feishu tokens expired',
    weight: 1,
    isKill: false,
    async strike({ feishu }) {
      feishu.expireTokens();
    },
  },
  { name: 'gateway frozen', weight: 2, isKill: false, strike: (arena, dice) => arena.freeze(dice.between(200, 1_500)) },
  {
    name: 'clock jumped',
    weight: 1,
    isKill: false,
    async strike(arena, dice) {
      arena.shiftClock(dice.between(-hourMs, hourMs));
    },
  },
  {
    name: 'disk full',
    weight: 1,
    isKill: false,
    async strike(arena, dice) {
      if (arena.hasSmallDisk) await arena.fillDisk(dice.between(200, 1_500));
    },
  },
];

/** One of these, the heavier the likelier. */
export function chooseFault(from: readonly Fault[], dice: Dice): Fault | undefined {
  let left = dice.next() * from.reduce((sum, { weight }) => sum + weight, 0);
  return from.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
}
