import type { Language, Texts } from './texts/texts.ts';

/** The outside world of the command line. */
export interface Io {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** The variables of the process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly language: Language;
  /** What is said to whoever calls, in their language. */
  readonly texts: Texts;
}

/** Whether colours are welcome (https://no-color.org). They are shown on terminals only. */
export function mayColour(environment: Io['environment']): boolean {
  return (environment.NO_COLOR ?? '') === '' && environment.TERM !== 'dumb';
}

/** One line of text, or one JSON value on a line. */
export function writeLine(stream: NodeJS.WritableStream, text: string): void {
  stream.write(`${text}\n`);
}
