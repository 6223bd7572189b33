import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPlace } from './support/place.ts';
import { runCli, startCli } from './support/run-cli.ts';

describe('a chat through pipes', { timeout: 60_000 }, () => {
  it('answers each line and ends when everything is answered', async () => {
    await using place = await openPlace();
    await place.configure({});
    const cli = startCli(['start', '--terminal'], place.environment);
    cli.child.stdin.end('first words\nsecond words\\\non two lines\n/status\n');
    const { code, stdout, stderr } = await cli.end;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('You wrote: “first words”');
    expect(stdout).toContain('You wrote: “second words on two lines”');
    expect(stdout).toContain('your first one was “first words”');
    expect(stdout).toMatch(/^- Thread: `/m);
    expect(stdout).not.toContain('\u001b');
    expect(place.model.requests.map(({ lastUserText }) => lastUserText)).toEqual(['first words', 'second words\non two lines']);
  });

  it('speaks as the terminal does where the configuration names no language, and as that does where it names one', async () => {
    await using place = await openPlace();
    const told = async (locale: string, language?: 'en' | 'zh') => {
      await place.configure(language === undefined ? {} : { language });
      const cli = startCli(['start', '--terminal'], { ...place.environment, LANG: locale });
      cli.child.stdin.end('[[run: false]]\n/status\n');
      const { code, stdout } = await cli.end;
      expect(code).toBe(0);
      // What the gateway says, and what the chat says of a step.
      return [/线程|Thread:/.exec(stdout)?.[0], /退出码 1|exit 1/.exec(stdout)?.[0]];
    };
    expect(await told('zh_CN.UTF-8')).toEqual(['线程', '退出码 1']);
    expect(await told('zh_CN.UTF-8', 'en')).toEqual(['Thread:', 'exit 1']);
    expect(await told('en_US.UTF-8', 'zh')).toEqual(['线程', '退出码 1']);
    expect(await told('en_US.UTF-8')).toEqual(['Thread:', 'exit 1']);
  });

  it('lets a program answer a request with its code', async () => {
    await using place = await openPlace();
    await place.configure({ permissions: { defaultAccess: 'read-only' } });
    const cli = startCli(['start', '--terminal'], place.environment);
    cli.write('write a file\n');
    const [, code] = await cli.sees(/\/approve (\w+)` yes/);
    cli.write(`/approve ${code}\n`);
    await cli.sees(/added hello\.md {2}\+4/);
    cli.child.stdin.end();
    expect((await cli.end).code).toBe(0);
    expect(await readFile(join(place.workspace, 'hello.md'), 'utf8')).toContain('# Hello');
  });

  it('declines what is asked when nobody can answer any more', async () => {
    await using place = await openPlace();
    await place.configure({ permissions: { defaultAccess: 'read-only' } });
    const cli = startCli(['start', '--terminal'], place.environment);
    cli.child.stdin.end('write a file\n');
    const { code, stdout } = await cli.end;
    expect(code).toBe(0);
    expect(stdout).toContain('not changed (declined): hello.md');
  });

  it('ends the run at the first Ctrl-C and leaves at the second', async () => {
    await using place = await openPlace();
    await place.configure({});
    const cli = startCli(['start', '--terminal'], place.environment);
    cli.write('[[say: begun\\n]] [[run: sleep 60]]\n');
    await cli.sees(/^begun$/m);
    cli.child.kill('SIGINT');
    await cli.sees(/^Stopped \(“\[\[say: begun/m);
    cli.child.kill('SIGINT');
    expect((await cli.end).code).toBe(130);
  });

  it('goes on in the thread of the sitting before', async () => {
    await using place = await openPlace();
    await place.configure({});
    for (const text of ['one', 'two']) {
      const cli = startCli(['start', '--terminal'], place.environment);
      cli.child.stdin.end(`${text}\n`);
      expect((await cli.end).code).toBe(0);
    }
    expect(place.model.requests.at(-1)?.userTexts).toEqual(['one', 'two']);
  });
});

describe('as a service', { timeout: 60_000 }, () => {
  it('prints one life-cycle event a line and nothing else', async () => {
    await using place = await openPlace();
    await place.configure({});
    const cli = startCli(['start', '--json'], place.environment);
    await cli.sees(/"event":"ready"/);
    cli.child.kill('SIGTERM');
    const { code, stdout } = await cli.end;
    expect(code).toBe(0);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text));
    const names = events.map(({ event }) => event).filter((name) => name !== 'warning');
    expect(names).toEqual(['starting', 'ready', 'stopping', 'stopped']);
    expect(events.find(({ event }) => event === 'ready')).toMatchObject({ profile: 'default', pid: cli.child.pid, channels: {} });
  });

  it('ends with 130 when it is interrupted', async () => {
    await using place = await openPlace();
    await place.configure({});
    const cli = startCli(['start', '--json'], place.environment);
    await cli.sees(/"event":"ready"/);
    cli.child.kill('SIGINT');
    expect((await cli.end).code).toBe(130);
  });

  it('refuses a second process for one profile and names the first', async () => {
    await using place = await openPlace();
    await place.configure({});
    const first = startCli(['start', '--json'], place.environment);
    await first.sees(/"event":"ready"/);
    const second = await runCli(['start', '--terminal'], place.environment);
    expect(second.code).toBe(5);
    expect(second.stderr).toContain(String(first.child.pid));
    expect(await runCli(['doctor'], place.environment)).toMatchObject({ stdout: expect.stringMatching(/^ok +store +In use/m) });
    first.child.kill('SIGTERM');
    await first.end;
  });
});

describe('what it needs', () => {
  it('names each missing thing with its remedy, a line each, and asks nothing, where nobody can be asked', async () => {
    await using place = await openPlace();
    const environment = { ...place.environment, HOME: place.home };
    for (const words of [['start', '--terminal'], ['start']]) {
      const { code, stdout, stderr } = await runCli(words, environment);
      expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
      expect(stderr.trimEnd().split('\n')).toEqual([
        expect.stringMatching(/Codex is not logged in.*threadbridge login codex/),
        expect.stringMatching(/directory.*--workspace DIR/),
        expect.stringMatching(/No chat.*threadbridge config set channels/),
      ]);
      expect(stderr).toContain(place.configFile);
    }
    const { code, stdout, stderr } = await runCli(['start', '--json'], environment);
    expect({ code, stderr }).toEqual({ code: 6, stderr: '' });
    const missing = stdout.trimEnd().split('\n');
    expect(missing.map((line) => JSON.parse(line))).toEqual(
      ['login', 'workspace', 'chat'].map((step) => ({
        ...{ event: 'missing', profile: 'default', step },
        ...{ message: expect.any(String), remedy: expect.any(String) },
      })),
    );
  });

  it('refuses a workspace that is too wide', async () => {
    await using place = await openPlace();
    const { code, stderr } = await runCli(['start', '--terminal', '--workspace', '/'], place.environment);
    expect(code).toBe(3);
    expect(stderr).toContain('threadbridge: ');
  });

  it('takes a workspace from the command line', { timeout: 60_000 }, async () => {
    await using place = await openPlace();
    await place.configure({ workspaces: { default: null } });
    const cli = startCli(['start', '--terminal', '--workspace', place.workspace], place.environment);
    cli.child.stdin.end('/status\n');
    const { code, stdout } = await cli.end;
    expect(code).toBe(0);
    expect(stdout).toContain(`- Workspace: \`${place.workspace}\``);
  });
});
