import { expect, it } from 'vitest';
import { createLink } from './link.ts';

it('wakes whoever waits at a change, not where nothing changed, and on abort', async () => {
  const { link, set } = createLink();
  expect(link.isUp).toBeUndefined();
  const heard: string[] = [];
  const stop = new AbortController();
  const wait = (name: string) => link.changed(stop.signal).then(() => void heard.push(`${name} ${link.isUp}`));
  const [first, second] = [wait('first'), wait('second')];
  set(undefined);
  await Promise.resolve();
  expect(heard).toEqual([]);
  set(true);
  await Promise.all([first, second]);
  expect(heard).toEqual(['first true', 'second true']);
  const third = wait('third');
  stop.abort();
  await third;
  await wait('fourth');
  expect(heard.slice(2)).toEqual(['third true', 'fourth true']);
});
