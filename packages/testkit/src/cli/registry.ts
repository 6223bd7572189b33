import type { FakeCommand } from './command.ts';
import { modelCommand } from './commands/model.ts';

export const fakeCommands: readonly FakeCommand[] = [modelCommand];
