/**
 * The script inside a shell call: `/bin/bash -lc 'echo "hi"'` → `echo "hi"`. Codex runs every command through the user's shell; a person
 * wants to read what they would type. Anything else comes back as it is.
 */
export function toPlainCommand(command: string): string {
  const [shell, flag, script, ...rest] = splitWords(command) ?? [];
  const isShell = shell !== undefined && /(?:^|\/)(?:ba|z|da|k)?sh$/.test(shell);
  return isShell && (flag === '-lc' || flag === '-c') && script !== undefined && rest.length === 0 ? script : command;
}

/** POSIX shell words; undefined where a quote is not closed. */
function splitWords(command: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < command.length; at++) {
    const char = command.charAt(at);
    if (char === "'") {
      const end = command.indexOf("'", at + 1);
      if (end === -1) return undefined;
      word = (word ?? '') + command.slice(at + 1, end);
      at = end;
    } else if (char === '"') {
      word ??= '';
      for (at++; command.charAt(at) !== '"'; at++) {
        if (at >= command.length) return undefined;
        if (command.charAt(at) === '\\' && '"\\$`\n'.includes(command.charAt(at + 1))) at++;
        word += command.charAt(at);
      }
    } else if (char === '\\') {
      word = (word ?? '') + command.charAt(++at);
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + char;
    }
  }
  return word === undefined ? words : [...words, word];
}
