import type { FakeCommand } from './command.ts';
import { appServerCommand } from './commands/app-server.ts';
import { feishuCommand } from './commands/feishu.ts';
import { ilinkCommand } from './commands/ilink.ts';
import { modelCommand } from './commands/model.ts';

export const fakeCommands: readonly FakeCommand[] = [modelCommand, ilinkCommand, feishuCommand, appServerCommand];
