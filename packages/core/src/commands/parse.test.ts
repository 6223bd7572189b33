import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCommand, parseCommand } from './parse.ts';
import { commands } from './registry.ts';

describe('a line that may be a command', () => {
  it('is read whatever it holds: the name is one lower-case word, and nothing of the rest is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const parsed = parseCommand(text);
        if (parsed === undefined) return;
        expect(parsed.name).toMatch(/^[^\s/／]+$/u);
        expect(parsed.name).toBe(parsed.name.toLowerCase());
        expect(text.endsWith(parsed.args) || text.trimEnd().endsWith(parsed.args)).toBe(true);
      }),
    );
  });

  it('keeps the words behind the name as they are', () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$/);
    fc.assert(
      fc.property(word, fc.string({ unit: 'grapheme' }), (name, rest) => {
        expect(parseCommand(`/${name} x${rest}x`)).toEqual({ name, args: `x${rest}x` });
      }),
    );
  });

  it('is never taken for a command when it is a path', () => {
    const part = fc.stringMatching(/^[\w.-]{1,8}$/);
    fc.assert(fc.property(fc.array(part, { minLength: 2 }), (parts) => parseCommand(`/${parts.join('/')}`) === undefined));
  });

  it('finds a command by its name, the nearest for a slip, and nothing for a name that is megabytes long', () => {
    for (const command of commands) expect(findCommand(commands, command.name)).toEqual({ command });
    expect(findCommand(commands, 'statsu')).toEqual({ nearest: 'status' });
    expect(findCommand(commands, 'a'.repeat(10_000_000))).toEqual({});
  });

  it('answers any name with a command, a nearest one or nothing', () => {
    const known = commands.flatMap(({ name, also = [] }) => [name, ...also]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const found = findCommand(commands, name);
        if ('command' in found) expect(known).toContain(name);
        else if (found.nearest !== undefined) expect(known).toContain(found.nearest);
      }),
    );
  });
});
