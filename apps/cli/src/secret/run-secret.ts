import { GatewayError } from '@threadbridge/contract';
import {
  forgetSecret,
  loadConfig,
  openKeystore,
  resolveProfile,
  rotateServiceToken,
  secretNames,
  type WritableKeystore,
} from '@threadbridge/gateway';
import { takeSecret } from '../accounts/read-secret.ts';
import type { CommonOptions } from '../commands/command-file.ts';
import type { SecretOptions } from '../commands/secret.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { toLoadOptions } from '../to-load-options.ts';
import { rotateTokens } from './rotate-tokens.ts';

/** Keeps a secret under a name. Answers with the exit code. */
export async function setSecret(id: string, options: CommonOptions, io: Io): Promise<number> {
  const keystore = await open(options, io);
  await keystore.set(id, await readValue(id, io));
  tell(options, io, { id, isKept: true }, io.texts.secret.kept(id));
  return exitCode.done;
}

/** Prints the names. Answers with the exit code. */
export async function listSecrets(options: CommonOptions, io: Io): Promise<number> {
  const names = await secretNames(await open(options, io));
  tell(options, io, { names }, names.length === 0 ? io.texts.secret.none : names.join('\n'));
  return exitCode.done;
}

/** Forgets a secret. Answers with the exit code: 1 where there was none. */
export async function removeSecret(id: string, options: CommonOptions, io: Io): Promise<number> {
  const wasKept = await forgetSecret(id, await open(options, io));
  tell(options, io, { id, wasKept }, wasKept ? io.texts.secret.forgotten(id) : io.texts.secret.unknown(id));
  return wasKept ? exitCode.done : exitCode.failed;
}

/** Replaces a secret; history stays as it is. Answers with the exit code. */
export async function rotateSecret(id: string, options: SecretOptions, io: Io): Promise<number> {
  if (id === 'tokens') return rotateTokens(options, io);
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  if (id !== 'nativeApi.token' && id !== 'console.token') return setSecret(id, options, io);
  const service = id === 'nativeApi.token' ? 'nativeApi' : 'console';
  const token = await rotateServiceToken(service, profile);
  tell(options, io, { id, token }, io.texts.secret.token({ service, token }));
  return exitCode.done;
}

async function open(options: CommonOptions, io: Io): Promise<WritableKeystore> {
  return openKeystore(resolveProfile(await loadConfig(toLoadOptions(options, io))));
}

async function readValue(id: string, io: Io): Promise<string> {
  const value = await takeSecret(io.texts.secret.theSecret(id), io);
  if (value !== '') return value;
  throw new GatewayError('config.invalid', io.texts.secret.nothing(id), {
    remedy: io.texts.secret.nothingRemedy,
    certain: true,
  });
}

function tell(options: CommonOptions, io: Io, value: object, words: string): void {
  writeLine(io.stdout, options.json ? JSON.stringify(value) : words);
}
