import { InvalidArgumentError } from 'commander';

/** Reads a port from the command line; 0 is any free one. Throws commander's error where it is none. */
export function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('a port is a number from 0 to 65535.');
  return port;
}
