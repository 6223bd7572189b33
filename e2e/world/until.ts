import { setTimeout as delay } from 'node:timers/promises';

/** Resolves with the first answer that is not undefined; asks again as soon as other work was done. Gives up after a minute, telling why. */
export async function until<T>(ask: () => T | undefined | Promise<T | undefined>, complaint: () => string): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Waited a minute: ${complaint()}`);
    await delay(10);
  }
}
