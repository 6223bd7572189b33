import {
  type LoginProgress,
  loadConfig,
  loginAccount,
  logoutAccount,
  type ResolvedProfile,
  resolveProfile,
} from '@threadbridge/gateway';
import { catchSignals } from '../catch-signals.ts';
import type { CommonOptions } from '../commands/command-file.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, mayColour, writeLine } from '../io.ts';
import { plainText } from '../terminal/plain-text.ts';
import { toLoadOptions } from '../to-load-options.ts';
import { codeOfStep, describeStep } from './describe-step.ts';
import { drawQr } from './draw-qr.ts';
import { createNumberReader } from './number-reader.ts';
import { readSecret, type SecretQuestion } from './read-secret.ts';

export interface LoginOptions extends CommonOptions {
  /** An app that exists already. */
  readonly app?: string;
}

/** Logs an account in; every step is told in words, or as a line of JSON. Answers with the exit code. */
export async function runLogin(key: string, options: LoginOptions, io: Io): Promise<number> {
  const loaded = await loadConfig(toLoadOptions(options, io));
  const profile = resolveProfile(loaded);
  const stopping = new AbortController();
  let isInterrupted = false;
  using _ = catchSignals({
    onInterrupt() {
      isInterrupted = true;
      stopping.abort();
    },
    onTerminate: () => stopping.abort(),
  });
  using numbers = createNumberReader(io.stdin);
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
      else tellStep(step, io);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  if (last?.type === 'complete' && !options.json) adviseOwner(profile, key, last, loaded.file, io);
  return isInterrupted ? exitCode.interrupted : codeOfStep(last);
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

/** Prints a step for people; a code as a picture. */
export function tellStep(step: LoginProgress, io: Io): void {
  const hasColour = io.stdout.isTTY === true && mayColour(io.environment);
  if (step.type === 'qr') writeLine(io.stdout, drawQr(step.url, hasColour));
  const stream = step.type === 'failed' ? io.stderr : io.stdout;
  writeLine(stream, plainText(describeStep(step, io.texts)));
}

/** Whoever is not named as an owner is not listened to; say so while the id is at hand. */
function adviseOwner(
  profile: ResolvedProfile,
  key: string,
  { account }: Extract<LoginProgress, { readonly type: 'complete' }>,
  file: string,
  io: Io,
): void {
  const owner = `${key}:${account.userId}`;
  if (account.userId === undefined || profile.settings.access.owners.includes(owner)) return;
  writeLine(io.stdout, plainText(io.texts.accounts.adviseOwner({ owner, profile: profile.name, file })));
}
