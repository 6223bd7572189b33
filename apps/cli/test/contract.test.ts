import { channelContract } from '@threadbridge/contract/testing';
import { createPlainSurface } from '../src/terminal/plain-surface.ts';
import { createTerminalChannel } from '../src/terminal/terminal-channel.ts';

channelContract('the terminal', async () => {
  const written: string[] = [];
  const surface = createPlainSurface({ write: (text) => void written.push(text) });
  const channel = createTerminalChannel({ surface, session: 'test' });
  return {
    connect: async () => channel,
    // Resolves only when it was taken over, which the suite does later.
    write: async (text) => void channel.say(text).catch(() => {}),
    read: async () => written,
    close: async () => channel.close(),
  };
});
