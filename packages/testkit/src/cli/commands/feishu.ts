import { carryOut, controlWords } from '../../feishu/control.ts';
import { startFakeFeishu } from '../../feishu/feishu.ts';
import type { CommandWorld, FakeCommand } from '../command.ts';
import { followFake, helpOn } from '../follow-fake.ts';
import { toPort } from '../to-port.ts';

interface FeishuFlags {
  readonly port: number;
  readonly json?: true;
}

/** `threadbridge-testkit feishu`: a fake Feishu platform in the foreground. */
export const feishuCommand: FakeCommand = {
  name: 'feishu',
  define: (command, world) =>
    void command
      .description('run a fake of the Feishu open platform, on 127.0.0.1, until Ctrl-C')
      .option('--port <number>', 'port to listen on; 0 takes a free one', toPort, 0)
      .option('--json', 'print JSON lines: the address and the app, then everything that happens')
      .addHelpText('after', helpOn(controlWords))
      .action((flags: FeishuFlags) => runFeishu(flags, world)),
};

async function runFeishu(flags: FeishuFlags, world: CommandWorld): Promise<void> {
  await using fake = await startFakeFeishu({ port: flags.port });
  const { url, app, bot, owner } = fake;
  await followFake(fake, world, {
    isJson: flags.json === true,
    words: controlWords,
    ready: {
      event: { event: 'ready', url, domain: url, appId: app.id, appSecret: app.secret, botOpenId: bot.openId, owner },
      line: `Fake Feishu on ${url}, app ${app.id}, secret ${app.secret}, owner ${owner}`,
    },
    tell: ({ id, chat, text, type }) => ({ event: { event: 'sent', id, chat, type, text }, line: `bot → ${chat}: ${text}` }),
    carryOut: (line) => carryOut(fake, line),
  });
}
