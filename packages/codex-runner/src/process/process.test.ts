import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { silentLogger, systemClock } from '@threadbridge/contract';
import { createManualClock } from '@threadbridge/contract/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childEnvironment } from './child-environment.ts';
import { closeChild } from './close-ladder.ts';
import { configFlags } from './config-flags.ts';
import { findNativeBinary } from './native-binary.ts';
import { spawnCodex } from './spawn-codex.ts';

describe('the native program', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'native-binary-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['linux', 'x64', 'linux-x64', 'x86_64-unknown-linux-musl', 'codex'],
    ['linux', 'arm64', 'linux-arm64', 'aarch64-unknown-linux-musl', 'codex'],
    ['android', 'arm64', 'linux-arm64', 'aarch64-unknown-linux-musl', 'codex'],
    ['darwin', 'x64', 'darwin-x64', 'x86_64-apple-darwin', 'codex'],
    ['darwin', 'arm64', 'darwin-arm64', 'aarch64-apple-darwin', 'codex'],
    ['win32', 'x64', 'win32-x64', 'x86_64-pc-windows-msvc', 'codex.exe'],
    ['win32', 'arm64', 'win32-arm64', 'aarch64-pc-windows-msvc', 'codex.exe'],
  ])('of %s on %s lies in its platform package, seen from the launcher', (platform, arch, name, target, program) => {
    const bin = join(folder, name, 'vendor', target, 'bin', program);
    mkdirSync(dirname(bin), { recursive: true });
    writeFileSync(bin, '');
    const resolve = (request: string, from: string) => {
      if (request === '@openai/codex/package.json') return join(folder, 'codex', 'package.json');
      expect(from).toBe(join(folder, 'codex', 'package.json'));
      return join(folder, request.replace('@openai/codex-', '').replace('/package.json', ''), 'package.json');
    };
    expect(findNativeBinary({ platform, arch, resolve })).toBe(bin);
  });

  it('says what is missing and what helps', () => {
    const resolve = () => {
      throw new Error('not there');
    };
    const missing = { code: 'runner.missing', certain: true, remedy: expect.stringContaining('`bin`') };
    expect(() => findNativeBinary({ resolve })).toThrow(
      expect.objectContaining({ ...missing, remedy: expect.stringContaining('npm install') }),
    );
    expect(() => findNativeBinary({ platform: 'sunos', arch: 'sparc' })).toThrow(expect.objectContaining(missing));
    expect(() => findNativeBinary({ resolve: () => join(folder, 'empty', 'package.json') })).toThrow(
      expect.objectContaining(missing),
    );
  });
});

it('a child sees what is on the list, and nothing else', () => {
  const parent = {
    PATH: '/bin',
    HOME: '/home/u',
    LC_ALL: 'C',
    Path: 'x',
    OPENAI_API_KEY: 'sk',
    HTTPS_PROXY: 'http://p',
    SECRET: 's',
    TZ: undefined,
  };
  expect(childEnvironment(parent)).toEqual({ PATH: '/bin', HOME: '/home/u', LC_ALL: 'C', Path: 'x' });
  expect(childEnvironment(parent, ['https_proxy'])).toHaveProperty('HTTPS_PROXY', 'http://p');
});

it('configuration becomes flags that join the file instead of replacing it', () => {
  const flags = configFlags({
    model: 'a "b"',
    features: { plugins: false, 'odd key': 1 },
    tools: { update_plan: { enabled: true } },
    roots: ['/a', { x: 1.5 }],
    nothing: null,
  });
  expect(flags.filter((flag) => flag !== '-c')).toEqual([
    'model="a \\"b\\""',
    'features={plugins = false, "odd key" = 1}',
    'tools.update_plan.enabled=true',
    'roots=["/a", {x = 1.5}]',
  ]);
});

describe('closing a child', () => {
  const child = (script: string) =>
    spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'], detached: process.platform !== 'win32' });
  const ready = (spawned: ReturnType<typeof child>) => once(spawned.stdout, 'data');

  it('needs no more than the end of stdin', async () => {
    const polite = child("process.stdin.resume().on('end', () => process.exit(7)); console.log('up')");
    await ready(polite);
    await closeChild(polite, { clock: systemClock, stepMs: 60_000 });
    expect(polite.exitCode).toBe(7);
  });

  it('takes TERM where that is ignored, and KILL where TERM is too', async () => {
    const deaf = child("setInterval(() => {}, 1000); process.on('SIGTERM', () => process.exit(8)); console.log('up')");
    const stubborn = child("setInterval(() => {}, 1000); process.on('SIGTERM', () => {}); console.log('up')");
    await Promise.all([ready(deaf), ready(stubborn)]);
    const clock = createManualClock();
    const closing = Promise.all([deaf, stubborn].map((each) => closeChild(each, { clock, stepMs: 1_000 })));
    const deafExit = once(deaf, 'exit');
    await clock.advance(1_000);
    await deafExit;
    await clock.advance(1_000);
    await closing;
    expect([deaf.exitCode, stubborn.signalCode]).toEqual([8, 'SIGKILL']);
  });

  it('is nothing for one that is gone', async () => {
    const brief = child('');
    await once(brief, 'exit');
    await closeChild(brief, { clock: systemClock, stepMs: 60_000 });
  });
});

describe('a child that dies', () => {
  const start = (script: string) => {
    const ended = new Promise<{ lines: string[]; message: string; isMissing?: boolean }>((resolve) => {
      const lines: string[] = [];
      const transport = spawnCodex({
        bin: process.execPath,
        args: ['-e', script],
        env: {},
        clock: systemClock,
        logger: silentLogger,
      });
      transport.listen({ onMessage: (line) => lines.push(line), onClosed: (end) => resolve({ lines, ...end }) });
    });
    return ended;
  };

  it('is heard to its last line, and its own complaint is the reason', async () => {
    const end = await start(
      "console.log('{}'); console.error('noise'); console.error('Error: bad config at line 3'); process.exitCode = 1; process.stdout.write('last\\n')",
    );
    expect(end.lines).toEqual(['{}', 'last']);
    expect(end.message).toBe('app-server ended with code 1. Error: bad config at line 3'.replace('Error: ', ''));
  });

  it('leaves no listener on this process', async () => {
    const before = process.listenerCount('exit');
    await start('');
    expect(process.listenerCount('exit')).toBe(before);
  });
});
