import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { servicePlan } from './service-plan.ts';

const target = {
  profile: 'team',
  node: process.execPath,
  main: '/opt/a "b" & <c>/50%/main.js',
  home: '/home/me/.threadbridge',
  userHome: '/home/me',
  path: '/usr/bin:/bin',
  uid: 501,
};

it('is a unit that systemd accepts, under which only the gateway is told to end', ({ skip }) => {
  const { file, text, install } = servicePlan('linux', { ...target, main: process.execPath });
  expect(file).toBe('/home/me/.config/systemd/user/threadbridge-team.service');
  expect(install.at(-1)).toEqual(['systemctl', '--user', 'enable', '--now', 'threadbridge-team.service']);
  expect(text).toMatch(/^KillMode=process$/m);
  expect(text).toMatch(/^RestartPreventExitStatus=2 3 4 5 6$/m);
  const directory = mkdtempSync(join(tmpdir(), 'threadbridge-unit-'));
  try {
    const unit = join(directory, basename(file));
    writeFileSync(unit, text);
    const verdict = spawnSync('systemd-analyze', ['verify', '--user', '--man=no', unit], {
      encoding: 'utf8',
      env: { ...process.env, XDG_RUNTIME_DIR: directory },
    });
    if (verdict.error !== undefined) return skip('no systemd here');
    expect(verdict.stderr.split('\n').filter((line) => line.includes('threadbridge-team'))).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

it('writes words of a unit so that they stay one word', () => {
  const { text } = servicePlan('linux', target);
  expect(text).toContain('"/opt/a \\"b\\" & <c>/50%%/main.js" "start" "--no-terminal" "--profile" "team"');
});

it('is a property list of launchd, well-formed, that keeps the gateway alive and lets go of Codex', () => {
  const { file, text, stop } = servicePlan('darwin', target);
  expect(file).toBe('/home/me/Library/LaunchAgents/dev.threadbridge.team.plist');
  expect(stop).toEqual([['launchctl', 'bootout', 'gui/501/dev.threadbridge.team']]);
  expect(XMLValidator.validate(text)).toBe(true);
  const { plist } = new XMLParser().parse(text);
  expect(plist.dict.array.string).toEqual([
    process.execPath,
    '--max-semi-space-size=4',
    target.main,
    'start',
    '--no-terminal',
    '--profile',
    'team',
  ]);
  expect(text).toContain('<key>AbandonProcessGroup</key><true/>');
});

it('is a task of Windows, well-formed, whose words stay apart', () => {
  const main = 'C:\\Program Files\\tb\\main.js';
  const { text, install } = servicePlan('win32', { ...target, main });
  expect(install[0]?.slice(0, 4)).toEqual(['schtasks', '/Create', '/TN', 'Threadbridge team']);
  expect(XMLValidator.validate(text)).toBe(true);
  const { Task } = new XMLParser().parse(text);
  expect(Task.Actions.Exec.Arguments).toBe(
    '"--max-semi-space-size=4" "C:\\Program Files\\tb\\main.js" "start" "--no-terminal" "--profile" "team"',
  );
});
