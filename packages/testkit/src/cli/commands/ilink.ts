import { InvalidArgumentError } from 'commander';
import { command as carryOut, controlWords } from '../../ilink/control.ts';
import { startFakeIlink } from '../../ilink/ilink.ts';
import type { CommandWorld, FakeCommand } from '../command.ts';
import { followFake, helpOn } from '../follow-fake.ts';
import { toPort } from '../to-port.ts';

interface IlinkFlags {
  readonly port: number;
  readonly budget: number;
  readonly json?: true;
}

/** `threadbridge-testkit ilink`: a fake WeChat in the foreground. */
export const ilinkCommand: FakeCommand = {
  name: 'ilink',
  define: (command, world) =>
    void command
      .description('run a fake of the WeChat (iLink) bot service, on 127.0.0.1, until Ctrl-C')
      .option('--port <number>', 'port to listen on; 0 takes a free one', toPort, 0)
      .option('--budget <number>', 'messages a bot may send after each message of a person', toCount, 10)
      .option('--json', 'print JSON lines: the address and the credentials, then everything that happens')
      .addHelpText('after', helpOn(controlWords))
      .action((flags: IlinkFlags) => runIlink(flags, world)),
};

async function runIlink(flags: IlinkFlags, world: CommandWorld): Promise<void> {
  await using fake = await startFakeIlink({ port: flags.port, budget: flags.budget });
  const { url, cdnUrl, credentials } = fake;
  await followFake(fake, world, {
    isJson: flags.json === true,
    words: controlWords,
    ready: { event: { event: 'ready', url, cdnUrl, credentials }, line: `Fake WeChat on ${url}, CDN ${cdnUrl}` },
    tell: ({ id, to, text, media }) => ({
      event: {
        ...{ event: 'sent', id: String(id), to, text },
        file: media && { kind: media.kind, name: media.name, sizeBytes: media.bytes.length },
      },
      line: `bot → ${to}: ${text ?? `[${media?.kind} ${media?.name ?? ''}]`}`,
    }),
    carryOut: (line) => carryOut(fake, line),
  });
}

function toCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 0) throw new InvalidArgumentError('a budget is a whole number from 0.');
  return count;
}
