export { createMemoryContinuations, type MemoryContinuationsOptions } from './continuations/memory-continuations.ts';
export { createNativeApi, type NativeApi, type NativeApiOptions } from './native-api.ts';
export type { ApiCall, Authorization } from './routes/route-context.ts';
export { type NativeApiServer, type ServeOptions, serve } from './serve.ts';
export { type SideTaskApiOptions, sideTaskApi, sideTaskRun } from './side-task-targets.ts';
export {
  routeSideTask,
  type SideTask,
  type SideTaskAnswer,
  SideTaskFailure,
  type SideTaskRoutes,
  type SideTaskTarget,
  type TaskClass,
  taskClasses,
} from './side-tasks.ts';
