import { type ScriptedAppServer, startScriptedAppServer } from '../../app-server/app-server.ts';
import type { AppServerFault } from '../../app-server/step.ts';
import type { CommandWorld, FakeCommand } from '../command.ts';

interface AppServerFlags {
  readonly socket?: string;
  readonly json?: true;
}

/** `threadbridge-testkit app-server`: a scripted app-server in the foreground. */
export const appServerCommand: FakeCommand = {
  name: 'app-server',
  define: (command, world) =>
    void command
      .description('run a scripted `codex app-server` on a unix socket, until Ctrl-C; every turn repeats its prompt')
      .option('--socket <path>', 'absolute path of the socket (default: one in a temporary folder)')
      .option('--json', 'print JSON lines: the socket, then every request and mistake')
      .addHelpText(
        'after',
        '\nWhile it runs, type:\n  fail METHOD FAULT  the next request of that method fails: hang, drop, garbage, or a code such as -32001\n' +
          '  drop               all connections break; turns go on\n',
      )
      .action((flags: AppServerFlags) => runAppServer(flags, world)),
};

async function runAppServer({ socket, json }: AppServerFlags, world: CommandWorld): Promise<void> {
  await using server = await startScriptedAppServer(socket === undefined ? {} : { path: socket });
  const print = (event: object, line: string) => world.print(json ? JSON.stringify(event) : line);
  print({ event: 'ready', socket: server.path }, `Scripted app-server on ${server.path}. Ctrl-C ends it.`);
  void watch(server, print);
  void followInput(server, world.lines, print);
  if (world.signal.aborted) return;
  await new Promise<void>((resolve) => world.signal.addEventListener('abort', () => resolve(), { once: true }));
}

type Print = (event: object, line: string) => void;

async function watch(server: ScriptedAppServer, print: Print): Promise<void> {
  for (let seen = 0, mistakes = 0; ; ) {
    await server.until(() => server.requests.length > seen || server.mistakes.length > mistakes);
    for (const { method, params } of server.requests.slice(seen)) print({ event: 'request', method, params }, `← ${method}`);
    for (const mistake of server.mistakes.slice(mistakes)) print({ event: 'mistake', mistake }, `mistake: ${mistake}`);
    seen = server.requests.length;
    mistakes = server.mistakes.length;
  }
}

async function followInput(server: ScriptedAppServer, lines: AsyncIterable<string>, print: Print): Promise<void> {
  for await (const line of lines) {
    const [word = '', method = '', fault = ''] = line.trim().split(/\s+/);
    const failure = toFault(fault);
    if (word === 'drop') server.drop();
    else if (word === 'fail' && method !== '' && failure !== undefined) server.fail(method, failure);
    else if (word !== '') print({ event: 'error', error: line }, `"${line}" is no command; there are: fail METHOD FAULT · drop.`);
  }
}

function toFault(text: string): AppServerFault | undefined {
  if (/^-?\d+$/.test(text)) return { type: 'error', code: Number(text) };
  return text === 'hang' || text === 'drop' || text === 'garbage' ? { type: text } : undefined;
}
