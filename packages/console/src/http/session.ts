import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** How long a browser stays let in without asking for the token again. */
const lifetimeMs = 30 * 86_400_000;

/**
 * Who may use the page. A browser that showed the token gets a cookie which says until when it is let in, signed with the token: it outlives
 * a restart, and a new token ends it.
 */
export interface Sessions {
  isToken(given: string): boolean;
  /** The cookie of a browser that showed the token at `now`. `host`: cookies do not tell ports apart, so its name does. */
  open(host: string, now: number): string;
  /** The cookie that ends it. */
  close(host: string): string;
  isOpen(cookies: string | null, host: string, now: number): boolean;
}

export function createSessions(token: string): Sessions {
  const key = createHash('sha256').update(`console session\n${token}`).digest();
  const expected = digest(token);
  const sign = (until: string) => createHmac('sha256', key).update(until).digest('base64url');
  const cookie = (host: string, value: string, seconds: number) =>
    `${nameFor(host)}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}`;

  return {
    isToken: (given) => timingSafeEqual(digest(given), expected),
    open(host, now) {
      const until = String(now + lifetimeMs);
      return cookie(host, `${until}.${sign(until)}`, lifetimeMs / 1_000);
    },
    close: (host) => cookie(host, '', 0),
    isOpen(cookies, host, now) {
      const [until = '', signature = '', ...more] = cookieValue(cookies, nameFor(host))?.split('.') ?? [];
      return (
        more.length === 0 && timingSafeEqual(digest(signature), digest(sign(until))) && /^\d+$/.test(until) && now < Number(until)
      );
    },
  };
}

/** Digests have one length, and comparing them tells nothing of what they were made of. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function nameFor(host: string): string {
  return `threadbridge-console-${/:(\d+)$/.exec(host)?.[1] ?? '80'}`;
}

function cookieValue(cookies: string | null, name: string): string | undefined {
  const pair = (cookies ?? '').split(';').find((one) => one.trimStart().startsWith(`${name}=`));
  return pair?.trim().slice(name.length + 1);
}
