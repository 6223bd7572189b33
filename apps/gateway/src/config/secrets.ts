import { open } from 'node:fs/promises';
import { GatewayError } from '@threadbridge/contract';
import { runForOutput } from './exec-output.ts';
import type { Environment } from './home.ts';
import type { SecretReference } from './schema-secret.ts';
import { Secret } from './secret.ts';

/** Where secrets are kept by name, as far as the gateway needs it. */
export interface Keystore {
  /** Undefined: there is no such entry. */
  get(id: string): Promise<string | undefined>;
}

export interface SecretsOptions {
  readonly environment: Environment;
  /** Absent: references to a key store are refused. */
  readonly keystore?: Keystore;
  /** Told the text of each secret that was read, so that logs can hide it. */
  readonly onSecret?: (text: string) => void;
  /** How long a program may take to print a secret, ms. Default 10,000. */
  readonly execTimeoutMs?: number;
}

/** Turns references into secrets, as late as possible. */
export interface Secrets {
  /**
   * `setting` is the path of the reference, for errors; `remedy` what helps where the key store has no such entry.
   * Throws `config.secret_missing` or `config.unsafe`.
   */
  read(reference: SecretReference, setting: string, remedy?: string): Promise<Secret>;
  /** Hides a part of a secret, too, which might be told without the rest. */
  conceal(text: string): void;
}

/** More than any key or token; less than a file that was named by mistake. */
const maxBytes = 64 * 1024;

export function createSecrets(options: SecretsOptions): Secrets {
  return {
    async read(reference, setting, remedy = 'Store it under this id.') {
      const text = (await readReference(reference, setting, remedy, options)).replace(/\r?\n$/, '');
      if (text === '') throw missing(setting, `${describe(reference)} is empty`, 'Put the secret there.');
      options.onSecret?.(text);
      return new Secret(text);
    },
    conceal: (text) => options.onSecret?.(text),
  };
}

async function readReference(
  reference: SecretReference,
  setting: string,
  remedy: string,
  options: SecretsOptions,
): Promise<string> {
  switch (reference.source) {
    case 'env': {
      const value = options.environment[reference.name];
      if (value === undefined) throw missing(setting, `$${reference.name} is not set`, 'Set the variable for the gateway.');
      return value;
    }
    case 'file':
      return readSecretFile(reference.path, setting);
    case 'exec': {
      const output = await runForOutput(reference.command, {
        environment: options.environment,
        timeoutMs: options.execTimeoutMs ?? 10_000,
        maxBytes,
      });
      if ('failed' in output)
        throw missing(
          setting,
          `${describe(reference)} ${output.failed}`,
          'Run the command by hand; it has to print the secret and exit with 0.',
        );
      return output.text;
    }
    case 'keystore': {
      if (options.keystore === undefined)
        throw missing(setting, 'this version has no key store', 'Use a reference of source env, file or exec.');
      const value = await options.keystore.get(reference.id);
      if (value === undefined) throw missing(setting, `${describe(reference)} does not exist`, remedy);
      return value;
    }
  }
}

async function readSecretFile(path: string, setting: string): Promise<string> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw missing(setting, `the file ${path} cannot be opened`, 'Check that it exists and that the gateway may read it.', cause);
  });
  try {
    const { mode, size } = await file.stat().then((stat) => {
      if (!stat.isFile()) throw missing(setting, `${path} is not a file`, 'Name a file that holds the secret and nothing else.');
      return stat;
    });
    // Windows has no such bits.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new GatewayError(
        'config.unsafe',
        `The secret for ${setting} was not used: others can read ${path} (mode ${(mode & 0o777).toString(8).padStart(4, '0')}).`,
        { remedy: `Take their rights away: chmod 600 ${path}`, certain: true },
      );
    if (size > maxBytes)
      throw missing(setting, `${path} is too large for a secret`, 'Name a file that holds the secret and nothing else.');
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** A reference for people; holds no secret. */
function describe(reference: SecretReference): string {
  switch (reference.source) {
    case 'env':
      return `$${reference.name}`;
    case 'file':
      return reference.path;
    case 'exec':
      // Arguments may hold what nobody else should see.
      return `the command ${reference.command[0] ?? ''}`;
    case 'keystore':
      return `the key store entry ${reference.id}`;
  }
}

function missing(setting: string, why: string, remedy: string, cause?: unknown): GatewayError {
  return new GatewayError('config.secret_missing', `The secret for ${setting} could not be read: ${why}.`, {
    remedy,
    certain: true,
    cause,
  });
}
