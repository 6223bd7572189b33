import { randomBytes } from 'node:crypto';
import { createBot, type World } from './world.ts';

/** What a QR code is at. */
type Ticket = {
  readonly handle: string;
  status:
    | 'wait'
    | 'scaned'
    | 'need_verifycode'
    | 'verify_code_blocked'
    | 'scaned_but_redirect'
    | 'expired'
    | 'binded_redirect'
    | 'confirmed';
  /** The number that the phone shows, and how many wrong answers there were. */
  code?: string;
  wrong: number;
  redirectHost?: string;
  confirmed?: { readonly token: string; readonly botId: string; readonly userId: string; readonly baseUrl: string };
};

/** The phone of the person who logs the bot in; acts on the QR code that was drawn last. */
export interface FakePhone {
  /** Resolves when a code newer than the last one was asked for. */
  code(): Promise<string>;
  scan(): void;
  /** Shows a number that must be typed on the other side before the login goes on. */
  showNumber(number: string): void;
  /** Confirms. The bot exists from then on; the person's earlier bots are dead. */
  confirm(as?: { readonly userId?: string; readonly baseUrl?: string }): void;
  expire(): void;
  /** The account lives in another data centre. */
  redirect(host: string): void;
  alreadyBound(): void;
}

/** Wrong numbers before the code is blocked. */
const maxWrong = 3;

export interface LoginDesk {
  readonly phone: FakePhone;
  draw(): { readonly qrcode: string; readonly qrcode_img_content: string };
  status(handle: string, verifyCode: string | undefined): Promise<Record<string, unknown>>;
}

export function createLoginDesk(world: World): LoginDesk {
  const tickets: Ticket[] = [];
  let seen = 0;
  let wake = () => {};
  const drawn: (() => void)[] = [];

  const current = (): Ticket => {
    const last = tickets.at(-1);
    if (last === undefined) throw new Error('Nobody has asked for a QR code yet.');
    return last;
  };
  const set = (change: Partial<Ticket>) => {
    Object.assign(current(), change);
    wake();
    world.changed();
  };
  /** The long poll of the login: until something changes, or for the hold. */
  const changed = () => {
    const waiting = new AbortController();
    const done = new Promise<void>((resolve) => {
      wake = resolve;
      world.signal.addEventListener('abort', () => resolve(), { once: true, signal: waiting.signal });
      void world.clock.sleep(world.rules.holdMs, waiting.signal).then(resolve);
    });
    return done.finally(() => waiting.abort());
  };

  return {
    phone: {
      async code() {
        while (tickets.length <= seen && !world.signal.aborted) await new Promise<void>((resolve) => drawn.push(resolve));
        seen = tickets.length;
        return current().handle;
      },
      scan: () => set({ status: 'scaned' }),
      showNumber: (number) => set({ status: 'need_verifycode', code: number }),
      confirm(as = {}) {
        const bot = createBot({
          token: `${randomBytes(6).toString('hex')}@im.bot:${randomBytes(16).toString('hex')}`,
          botId: `${randomBytes(6).toString('hex')}@im.bot`,
          userId: as.userId ?? 'owner@im.wechat',
        });
        for (const other of world.bots.values()) if (other.userId === bot.userId) other.isExpired = true;
        world.bots.set(bot.token, bot);
        set({
          status: 'confirmed',
          confirmed: { token: bot.token, botId: bot.botId, userId: bot.userId, baseUrl: as.baseUrl ?? world.url },
        });
      },
      expire: () => set({ status: 'expired' }),
      redirect: (host) => set({ status: 'scaned_but_redirect', redirectHost: host }),
      alreadyBound: () => set({ status: 'binded_redirect' }),
    },
    draw() {
      const handle = randomBytes(16).toString('hex');
      tickets.push({ handle, status: 'wait', wrong: 0 });
      for (const resolve of drawn.splice(0)) resolve();
      world.changed();
      return { qrcode: handle, qrcode_img_content: `https://liteapp.weixin.qq.com/q/${handle.slice(0, 12)}?bot_type=3` };
    },
    async status(handle, verifyCode) {
      const ticket = tickets.find((one) => one.handle === handle);
      if (ticket === undefined) {
        world.mistake('get_qrcode_status: the handle is none that was given out.');
        return { status: 'expired' };
      }
      if (ticket.status === 'wait') await changed();
      if (ticket.status === 'need_verifycode' && verifyCode !== undefined) {
        if (verifyCode === ticket.code) ticket.status = 'scaned';
        else {
          ticket.wrong += 1;
          if (ticket.wrong >= maxWrong) ticket.status = 'verify_code_blocked';
        }
      }
      if (ticket.status === 'scaned_but_redirect') {
        const answer = { status: ticket.status, redirect_host: ticket.redirectHost };
        ticket.status = 'wait';
        return answer;
      }
      const { confirmed } = ticket;
      return confirmed === undefined || ticket.status !== 'confirmed'
        ? { status: ticket.status }
        : {
            status: 'confirmed',
            bot_token: confirmed.token,
            ilink_bot_id: confirmed.botId,
            baseurl: confirmed.baseUrl,
            ilink_user_id: confirmed.userId,
          };
    },
  };
}
