export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

/** A word that may come first, and those that may follow it. */
export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly subcommands: readonly string[];
}

const options = ['--profile', '--config', '--json', '--lang', '--help'];

/** What a shell is given, so that it completes our commands. Pure. */
export function completionScript(shell: Shell, commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name);
  const nested = commands.filter(({ subcommands }) => subcommands.length > 0);
  const cases = (line: (name: string, words: string) => string) =>
    nested.map(({ name, subcommands }) => line(name, subcommands.join(' '))).join('\n');
  switch (shell) {
    case 'bash':
      return `_threadbridge() {
  local words="${names.join(' ')} ${options.join(' ')}"
  if [ "$COMP_CWORD" -gt 1 ]; then
    case "\${COMP_WORDS[1]}" in
${cases((name, words) => `      ${name}) words="${words} ${options.join(' ')}" ;;`)}
      *) words="${options.join(' ')}" ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _threadbridge threadbridge
`;
    case 'zsh':
      return `#compdef threadbridge
_threadbridge() {
  if (( CURRENT == 2 )); then
    compadd -- ${names.join(' ')} ${options.join(' ')}
    return
  fi
  case "$words[2]" in
${cases((name, words) => `    ${name}) compadd -- ${words} ${options.join(' ')} ;;`)}
    *) compadd -- ${options.join(' ')}; _files ;;
  esac
}
compdef _threadbridge threadbridge
`;
    case 'fish':
      return `${commands
        .map(
          ({ name, summary }) =>
            `complete -c threadbridge -n __fish_use_subcommand -f -a ${name} -d '${summary.replaceAll("'", "\\'")}'`,
        )
        .join('\n')}
${cases((name, words) => `complete -c threadbridge -n '__fish_seen_subcommand_from ${name}' -f -a '${words}'`)}
`;
    case 'powershell':
      return `Register-ArgumentCompleter -Native -CommandName threadbridge -ScriptBlock {
  param($word, $tree)
  $nested = @{
${cases((name, words) => `    '${name}' = '${words}'`)}
  }
  $typed = @($tree.CommandElements | ForEach-Object { $_.ToString() })
  $known = if ($typed.Count -gt 1 -and $nested.ContainsKey($typed[1])) { $nested[$typed[1]] } else { '${names.join(' ')}' }
  ($known + ' ${options.join(' ')}').Split(' ') | Where-Object { $_ -like "$word*" }
}
`;
  }
}
