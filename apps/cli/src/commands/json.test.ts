import { Command } from 'commander';
import { expect, it } from 'vitest';
import type { Io } from '../io.ts';
import { textsIn } from '../texts/texts.ts';
import { commands } from './registry.ts';

/** Commands whose output is not JSON with `--json`, and why. */
const others: Readonly<Record<string, string>> = {
  completion: 'a script for a shell',
  mcp: 'JSON-RPC, by the protocol of its reader',
};

/** Every other: one JSON value, or one a line. `secrets.int.test.ts` runs them. */
const json: readonly string[] = [
  ...['demo', 'start', 'login', 'claim', 'logout', 'status', 'logs', 'doctor', 'threads', 'native-api serve'],
  ...['wechat show', 'wechat probe', 'policy explain', 'audit verify', 'audit export'],
  ...['config show', 'config check', 'config get', 'config set', 'config unset', 'config reload', 'config path'],
  ...['secret set', 'secret list', 'secret remove', 'secret rotate'],
  ...['task start', 'task status', 'task list', 'task steer', 'task interrupt', 'task respond', 'task watch'],
  ...[
    'service install',
    'service uninstall',
    'service start',
    'service stop',
    'service restart',
    'service status',
    'service logs',
  ],
  ...['replay', 'backup', 'backup restore', 'backup verify'],
];

it('every command can be read by a program, or is known not to be', async () => {
  const io = { texts: textsIn('en') } as Io;
  const found: string[] = [];
  for (const entry of commands) {
    const command = new Command(entry.name);
    let acts = false;
    command.action = ((...given: Parameters<Command['action']>) => {
      acts = true;
      return Command.prototype.action.apply(command, given);
    }) as Command['action'];
    (await entry.load()).define(command, io, async () => {});
    if (acts) found.push(entry.name);
    found.push(...command.commands.map((part) => `${entry.name} ${part.name()}`));
  }
  expect(found.toSorted()).toEqual([...json, ...Object.keys(others)].toSorted());
});
