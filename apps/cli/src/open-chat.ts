import { homedir } from 'node:os';
import { sep } from 'node:path';
import { type Io, mayColour } from './io.ts';
import { createTerminalChat, type TerminalChat } from './terminal/terminal-chat.ts';
import type { Language } from './texts/texts.ts';

/** The chat of this process. Paths inside `workspace` are shown from there, others from the home directory. */
export function openChat(io: Io, workspace?: string, language: Language = io.language): TerminalChat {
  return createTerminalChat({
    input: io.stdin,
    output: io.stdout,
    mayColour: mayColour(io.environment),
    language,
    session: newSession(),
    shortPath: shortPathIn(workspace),
  });
}

/** A name for a sitting that was not there before: when it began, and in which process. */
export function newSession(): string {
  return `${Date.now().toString(36)}.${process.pid.toString(36)}`;
}

export function shortPathIn(workspace: string | undefined): (path: string) => string {
  const home = homedir();
  return (path) => {
    if (workspace !== undefined && path.startsWith(workspace + sep)) return path.slice(workspace.length + 1);
    return path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
  };
}
