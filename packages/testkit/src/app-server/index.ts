export {
  type AppServerRequest,
  type ScriptedAppServer,
  type ScriptedAppServerOptions,
  startScriptedAppServer,
} from './app-server.ts';
export type { ScriptedTurn } from './play-turn.ts';
export type { AppServerFault, AppServerStep } from './step.ts';
