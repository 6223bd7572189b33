import { InvalidArgumentError } from 'commander';
import { toConfigFlags } from '../../model/codex-config.ts';
import { startScriptedModel } from '../../model/scripted-model.ts';
import type { CommandWorld, FakeCommand } from '../command.ts';
import { toPort } from '../to-port.ts';

interface ModelFlags {
  readonly port: number;
  readonly chunkDelay: number;
  readonly json?: true;
}

/** `threadbridge-testkit model`: the scripted model in the foreground. */
export const modelCommand: FakeCommand = {
  name: 'model',
  define: (command, world) =>
    void command
      .description('run a scripted model that the real Codex can use, on 127.0.0.1, until Ctrl-C')
      .option('--port <number>', 'port to listen on; 0 takes a free one', toPort, 0)
      .option('--chunk-delay <ms>', 'pause between the pieces of an answer, in ms', toDelay, 0)
      .option('--json', 'print one JSON line with the address and the Codex configuration')
      .addHelpText(
        'after',
        '\nWhile it runs, type `release NAME` to open the gate of a prompt with [[gate: NAME]].\n' +
          '\nExample:\n  $ threadbridge-testkit model --port 8123\n',
      )
      .action((flags: ModelFlags) => runModel(flags, world)),
};

async function runModel(flags: ModelFlags, world: CommandWorld): Promise<void> {
  await using model = await startScriptedModel({ port: flags.port, chunkDelayMs: flags.chunkDelay });
  const config = model.codexConfig();
  if (flags.json) world.print(JSON.stringify({ url: model.url, codexConfig: config }));
  else {
    world.print(`Scripted model on ${model.url}`);
    world.print(`Try it:  codex ${toConfigFlags(config).map(quote).join(' ')}`);
    world.print('Ctrl-C ends it.');
  }
  void followInput(world.lines, model.release);
  if (world.signal.aborted) return;
  await new Promise<void>((resolve) => world.signal.addEventListener('abort', () => resolve(), { once: true }));
}

async function followInput(lines: AsyncIterable<string>, release: (gate: string) => void): Promise<void> {
  for await (const line of lines) {
    const gate = /^release\s+(.+)$/.exec(line.trim())?.[1];
    if (gate) release(gate);
  }
}

function toDelay(text: string): number {
  const ms = Number(text);
  if (!Number.isFinite(ms) || ms < 0) throw new InvalidArgumentError('a delay is a number of milliseconds from 0.');
  return ms;
}

/** Quotes an argument for a POSIX shell where it needs it. */
function quote(argument: string): string {
  return /^[\w.=-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
