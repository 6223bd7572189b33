import { isAbsolute } from 'node:path';
import { GatewayError } from '@threadbridge/contract';

/** The address of a unix socket is a field of fixed size: 108 bytes on Linux, 104 on macOS, a zero byte at the end included. */
const longestBytes = process.platform === 'linux' ? 107 : 103;

/** Refuses a path on which no socket can be. Throws `runner.rejected` or `runner.unsupported`, certain. */
export function checkSocketPath(path: string): void {
  if (process.platform === 'win32') {
    throw new GatewayError('runner.unsupported', 'App-server cannot be shared over a socket on Windows.', {
      certain: true,
      remedy: 'Use the transport `stdio`.',
    });
  }
  const refuse = (message: string, remedy: string) => new GatewayError('runner.rejected', message, { certain: true, remedy });
  if (!isAbsolute(path)) throw refuse(`The socket path ${path} is not absolute.`, 'Give an absolute path.');
  const sizeBytes = Buffer.byteLength(path);
  if (sizeBytes > longestBytes) {
    throw refuse(
      `The socket path ${path} has ${sizeBytes} bytes; the system allows ${longestBytes}.`,
      'Choose a shorter one, for instance in XDG_RUNTIME_DIR or the home directory.',
    );
  }
}
