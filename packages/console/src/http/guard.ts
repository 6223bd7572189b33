import type { MiddlewareHandler } from 'hono';

const loopback = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers: Readonly<Record<string, string>> = {
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/**
 * Lets in only what was meant for this computer and was not sent by a page from elsewhere: a name that was made to point here (DNS
 * rebinding) stands in Host, a foreign page in Origin or in Sec-Fetch-Site. What changes something must also be of a type that a foreign
 * form cannot send.
 */
export const guard: MiddlewareHandler = async (context, next) => {
  const { req } = context;
  const host = req.header('host') ?? new URL(req.url).host;
  const origin = req.header('origin');
  const site = req.header('sec-fetch-site');
  if (!loopback.test(host)) return context.json({ error: 'host' }, 403);
  if (origin !== undefined && origin !== `http://${host}`) return context.json({ error: 'origin' }, 403);
  // A link on another page may lead here; nothing more.
  const isNavigation = req.method === 'GET' && req.header('sec-fetch-mode') === 'navigate';
  if ((site === 'cross-site' || site === 'same-site') && !isNavigation) return context.json({ error: 'origin' }, 403);
  const isChange = req.method !== 'GET' && req.method !== 'HEAD';
  const type = req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (isChange && type !== 'application/json' && type !== 'application/octet-stream')
    return context.json({ error: 'content-type' }, 415);
  await next();
  for (const [name, value] of Object.entries(headers)) if (!context.res.headers.has(name)) context.res.headers.set(name, value);
};
