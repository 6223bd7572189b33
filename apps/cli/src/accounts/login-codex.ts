import { GatewayError, type LoginMethod, type LoginStep } from '@threadbridge/contract';
import { loadConfig, type ResolvedProfile, resolveProfile } from '@threadbridge/gateway';
import type { LoginOptions } from '../commands/login.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { createProfileRunner } from '../profile-runner.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import { plainText } from '../terminal/plain-text.ts';
import type { Texts } from '../texts/texts.ts';
import { toLoadOptions } from '../to-load-options.ts';
import { describeStep } from './describe-step.ts';
import { takeSecret } from './read-secret.ts';

/** Logs the Codex home of a profile in; Codex keeps the login itself. Costs no turn. Answers with the exit code. */
export async function loginCodex(options: LoginOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  refuseOtherLogins(profile, io.texts);
  const method = await chooseMethod(options, io);
  using stopping = stopOnSignals();
  const { signal } = stopping;
  await using runner = await createProfileRunner(profile, io.environment);
  const { account } = runner.capabilities;
  let last: LoginStep<null> | undefined;
  for await (const step of account.login(method, { signal })) {
    last = step;
    if (options.json) writeLine(io.stdout, JSON.stringify(step));
    else
      writeLine(
        step.type === 'failed' ? io.stderr : io.stdout,
        plainText(step.type === 'complete' ? io.texts.accounts.codexIn : describeStep(step, io.texts)),
      );
  }
  if (stopping.isInterrupted) return exitCode.interrupted;
  return last?.type === 'complete' ? exitCode.done : exitCode.notLoggedIn;
}

async function chooseMethod({ browser, withApiKey }: LoginOptions, io: Io): Promise<LoginMethod> {
  if (withApiKey !== true) return { type: browser ? 'browser' : 'deviceCode' };
  const { accounts, secret } = io.texts;
  const apiKey = (await takeSecret(accounts.apiKey, io)).trim();
  if (apiKey !== '') return { type: 'apiKey', apiKey };
  throw new GatewayError('config.invalid', accounts.noApiKey, { remedy: secret.nothingRemedy, certain: true });
}

function refuseOtherLogins({ settings, name }: ResolvedProfile, { accounts }: Texts): void {
  const { auth, socket } = settings.codex;
  if (auth.mode !== 'api-key' && socket === null) return;
  throw new GatewayError('config.invalid', accounts.codexElsewhere(name), {
    remedy: auth.mode === 'api-key' ? accounts.codexApiKey : accounts.codexSocket,
    certain: true,
  });
}
