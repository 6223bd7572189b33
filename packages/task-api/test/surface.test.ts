import { expect, it } from 'vitest';
import * as surface from '../src/index.ts';

it('offers just this', () => {
  expect(Object.keys(surface).sort()).toEqual([
    ...['TaskError', 'createMemoryTasks', 'createTaskClient', 'createTaskHttp', 'createTaskMcp', 'createTaskMcpHttp'],
    ...['createTaskService', 'serveTaskMcp'],
  ]);
});
