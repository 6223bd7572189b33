import {
  explainProfile,
  type LoginProgress,
  loadConfig,
  loginAccount,
  logoutAccount,
  type ResolvedProfile,
  resolveProfile,
  showClaim,
} from '@threadbridge/gateway';
import type { CommonOptions } from '../commands/command-file.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, mayColour, writeLine } from '../io.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import { plainText } from '../terminal/plain-text.ts';
import { toLoadOptions } from '../to-load-options.ts';
import { typedCommand } from '../typed-command.ts';
import { codeOfStep, describeStep } from './describe-step.ts';
import { createNumberReader } from './number-reader.ts';
import { createQrScreen, type QrScreen } from './qr-screen.ts';
import { readSecret, type SecretQuestion } from './read-secret.ts';

export interface LoginOptions extends CommonOptions {
  /** An app that exists already. */
  readonly app?: string;
}

/** Logs an account in; every step is told in words, or as a line of JSON. Answers with the exit code. */
export async function runLogin(key: string, options: LoginOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  using stopping = stopOnSignals();
  using numbers = createNumberReader(io.stdin);
  using codes = createQrScreen({
    stdout: io.stdout,
    hasColour: io.stdout.isTTY === true && mayColour(io.environment),
    beside: { rows: 1, columns: 0 },
    draw: (picture) => writeLine(io.stdout, picture),
    miss: (needed) => writeLine(io.stdout, io.texts.accounts.qrNeeds(needed)),
  });
  let last: LoginProgress | undefined;
  const { signal } = stopping;
  const ask = {
    readCode: () => numbers.read(signal),
    readSecret: (question: SecretQuestion) => (io.stdin.isTTY ? readSecret(question, io) : numbers.read(signal)),
    ...(options.app !== undefined && { app: options.app }),
  };
  try {
    for await (const step of loginAccount({ profile, key, signal, ...ask })) {
      last = step;
      if (options.json) writeLine(io.stdout, JSON.stringify(step));
      else tellStep(step, codes, io);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  const user = last?.type === 'complete' && !options.json ? last.account.userId : undefined;
  if (user !== undefined) await adviseOwner(profile, { channel: key, user }, options, io);
  return stopping.isInterrupted ? exitCode.interrupted : codeOfStep(last);
}

/** Forgets a login. Answers with the exit code. */
export async function runLogout(key: string, options: CommonOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  const wasStored = await logoutAccount({ profile, key });
  const { accounts } = io.texts;
  const text = wasStored ? accounts.forgotten(key) : accounts.noLogin(key);
  writeLine(io.stdout, options.json ? JSON.stringify({ key, wasStored }) : text);
  return exitCode.done;
}

/** Prints a step for people; a code as a picture, below the words: these may scroll away. */
function tellStep(step: LoginProgress, codes: QrScreen, io: Io): void {
  codes.forget();
  const stream = step.type === 'failed' ? io.stderr : io.stdout;
  writeLine(stream, plainText(describeStep(step, io.texts)));
  if (step.type === 'qr') codes.show(step.url);
}

interface Person {
  readonly channel: string;
  readonly user: string;
}

/** Whoever is neither named nor let in is not listened to; say so while the id is at hand. */
async function adviseOwner(profile: ResolvedProfile, person: Person, options: LoginOptions, io: Io): Promise<void> {
  const [admission] = await explainProfile(profile, io.environment, person);
  if (admission?.decision.startsWith('allowed')) return;
  const owners = [...profile.settings.access.owners, `${person.channel}:${person.user}`];
  const command = typedCommand(['config', 'set', 'access.owners', JSON.stringify(owners)], options);
  const claim = (await showClaim({ profile })) === undefined ? undefined : typedCommand(['claim'], options);
  writeLine(io.stdout, plainText(io.texts.accounts.adviseOwner({ command, claim })));
}
