import { expect, it } from 'vitest';
import * as surface from '../src/index.ts';
import * as loopback from '../src/loopback/index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'SideTaskFailure',
    'createMemoryContinuations',
    'createNativeApi',
    'routeSideTask',
    'serve',
    'sideTaskApi',
    'sideTaskRun',
    'taskClasses',
  ]);
  expect(Object.keys(loopback).sort()).toEqual(['createGuard', 'listen']);
});
