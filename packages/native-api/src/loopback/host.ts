/** Names under which this computer calls itself. */
const loopbackNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The name in a Host header, lower case, without port; undefined where it is no plain host. */
export function parseHost(header: string | undefined): string | undefined {
  const found = /^([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.exec(header ?? '');
  return found?.[1]?.toLowerCase();
}

/**
 * Whether a request was meant for this server. A page in a browser can reach it under a name of its own choice (DNS rebinding); then the
 * Host header says so.
 */
export function isHostAllowed(header: string | undefined, others: ReadonlySet<string>): boolean {
  const name = parseHost(header);
  return name !== undefined && (loopbackNames.has(name) || others.has(name));
}

/** Whether binding to it keeps other computers out. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
