/** Whoever asks for the head of the root alone wants the `Date` of the answer: no use of the platform, and no mistake. */
export function isAskedForTime(method: string | undefined, path: string): boolean {
  return method === 'HEAD' && path === '/';
}
