import type { FakeCommand } from './command.ts';
import { ilinkCommand } from './commands/ilink.ts';
import { modelCommand } from './commands/model.ts';

export const fakeCommands: readonly FakeCommand[] = [modelCommand, ilinkCommand];
