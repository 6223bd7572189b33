import { expect, it } from 'vitest';
import * as appServer from '../src/app-server/index.ts';

it('exports one name from /app-server', () => {
  expect(Object.keys(appServer)).toEqual(['startScriptedAppServer']);
});
