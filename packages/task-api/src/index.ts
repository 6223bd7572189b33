export { createMemoryTasks } from './memory-tasks.ts';
export { type ServeTaskMcpOptions, serveTaskMcp } from './serve-task-mcp.ts';
export type {
  Task,
  TaskAnswer,
  TaskEvent,
  TaskNews,
  TaskNotice,
  TaskPage,
  TaskRequest,
  TaskStatus,
  TaskWish,
  TaskWishInput,
} from './task.ts';
export { type Caller, type TaskApi, TaskError, type TaskErrorCode } from './task-api.ts';
export { createTaskClient, type TaskClientOptions } from './task-client.ts';
export { createTaskHttp, type TaskHttpOptions } from './task-http.ts';
export { createTaskMcp, createTaskMcpHttp, type TaskMcpOptions } from './task-mcp.ts';
export { createTaskService, type TaskService, type TaskServiceOptions } from './task-service.ts';
export type { TaskPeek } from './to-task.ts';
export type { WebhookTarget } from './webhook.ts';
