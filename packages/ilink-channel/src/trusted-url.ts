/** The platform's own domains. */
const domains = ['weixin.qq.com', 'wechat.com'];

/**
 * Whether an address that a server's answer names may be followed: https inside the platform's own domains, or the very origin of an
 * address that was configured here.
 */
export function isTrustedUrl(address: string, configured: readonly string[]): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '') return false;
  if (configured.some((one) => new URL(one).origin === url.origin)) return true;
  const isOwn = domains.some((domain) => url.hostname === domain || url.hostname.endsWith(`.${domain}`));
  return url.protocol === 'https:' && (url.port === '' || url.port === '443') && isOwn;
}

/** An endpoint under a base that may have a path of its own. */
export function endpointUrl(base: string, path: string): string {
  return new URL(path, base.endsWith('/') ? base : `${base}/`).href;
}
