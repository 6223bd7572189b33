import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toPlainCommand } from './to-plain-command.ts';

it.each([
  ["/bin/bash -lc 'echo hi; ls'", 'echo hi; ls'],
  [`/bin/bash -lc "echo \\"it's\\"; ls"`, `echo "it's"; ls`],
  ['/bin/zsh -lc ls', 'ls'],
  ['bash -c "a \\$b"', 'a $b'],
  ['sh -c echo\\ x', 'echo x'],
])('takes %s out of its shell', (command, plain) => {
  expect(toPlainCommand(command)).toBe(plain);
});

it.each(['ls -la', "bash -lc 'unclosed", "bash -lc 'a' b", "bash -x 'a'", 'python -c pass', ''])(
  'leaves %j as it is',
  (command) => {
    expect(toPlainCommand(command)).toBe(command);
  },
);

it('never loses a part of what was quoted', () => {
  const quote = (script: string) => `'${script.replaceAll("'", `'"'"'`)}'`;
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (script) => {
      expect(toPlainCommand(`/bin/bash -lc ${quote(script)}`)).toBe(script);
    }),
  );
});
