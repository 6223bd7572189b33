import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isGatewayError } from '@threadbridge/contract';
import { codexHomes, loginRemedy, type ResolvedProfile } from '@threadbridge/gateway';
import { followLogin } from '../follow-login.ts';
import type { FirstRunStep } from '../step.ts';

/** Codex has a login, where its model needs one. Codex keeps it itself. */
export const logInCodex: FirstRunStep = {
  name: 'login',
  // Whoever put it off is asked again. A login that has ended is told by Codex itself.
  async glance({ io, profile }) {
    const found = await profile();
    return isElsewhere(found) || existsSync(join(codexHomes(found, io.environment).current, 'auth.json'));
  },
  async look({ io, codex, profile }) {
    const { firstRun } = io.texts;
    const found = await profile();
    if (isElsewhere(found)) return { isDone: true };
    try {
      const { login } = await (await codex()).capabilities.account.read();
      if (login === 'missing') return { isDone: false, text: firstRun.loginMissing, remedy: loginRemedy('codex', found.name) };
      return { isDone: true, text: login === 'ok' ? firstRun.loggedIn : firstRun.noLoginNeeded };
    } catch (error) {
      // A login by ChatGPT is looked up over the network: out of reach is not logged out.
      if (!isGatewayError(error)) throw error;
      return { isDone: true, warning: firstRun.loginUnknown(error.message) };
    }
  },
  async lead({ io, codex }, guide) {
    const { firstRun } = io.texts;
    const way = await guide.choose(firstRun.howToLogIn, [
      { value: 'deviceCode', label: firstRun.byCode, hint: firstRun.byCodeHint },
      { value: 'browser', label: firstRun.byBrowser },
      { value: 'apiKey', label: firstRun.byKey },
      { value: 'later', label: firstRun.later, hint: firstRun.loginLaterHint },
    ]);
    if (way === 'later') return 'skipped';
    const method = way === 'apiKey' ? { type: way, apiKey: (await guide.secret(firstRun.apiKey)).trim() } : { type: way };
    const { account } = (await codex()).capabilities;
    await followLogin((signal) => account.login(method, { signal }), { guide, io });
    return 'led';
  },
};

/** A key is handed over at every start; a server that somebody else runs was logged in there. */
function isElsewhere({ settings }: ResolvedProfile): boolean {
  const { auth, socket } = settings.codex;
  return auth.mode === 'api-key' || socket !== null;
}
