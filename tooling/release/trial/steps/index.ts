import type { Step } from '../step.ts';
import { backup, restore } from './backup.ts';
import { feishu, wechat } from './chats.ts';
import { configure } from './configure.ts';
import { demo } from './demo.ts';
import { doctorAfter, doctorBefore } from './doctor.ts';
import { firstLook } from './first-look.ts';
import { guidedStart } from './guided-start.ts';
import { install } from './install.ts';
import { login } from './login.ts';
import { nativeApi } from './native-api.ts';
import { service } from './service.ts';
import { start } from './start.ts';
import { stop } from './stop.ts';
import { mcp, task } from './tasks.ts';
import { uninstall } from './uninstall.ts';

/** What a new user does, in order; each goes on where the one before ended. */
export const steps: readonly Step[] = [
  install,
  firstLook,
  demo,
  doctorBefore,
  configure,
  guidedStart,
  login,
  doctorAfter,
  start,
  wechat,
  feishu,
  task,
  mcp,
  nativeApi,
  service,
  backup,
  stop,
  restore,
  uninstall,
];
