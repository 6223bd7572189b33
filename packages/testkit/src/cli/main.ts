#!/usr/bin/env node
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { fakeCommands } from './registry.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

const input = createInterface({ input: process.stdin });
stop.signal.addEventListener('abort', () => input.close());

const program = new Command('threadbridge-testkit').description('Fakes of the world outside, for tests and demos.');
for (const fake of fakeCommands) {
  fake.define(program.command(fake.name), {
    print: (line) => void process.stdout.write(`${line}\n`),
    lines: input,
    signal: stop.signal,
  });
}

program
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`threadbridge-testkit: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => input.close());
