import { loginAccount, loginRemedy, type ResolvedProfile, showAccounts } from '@threadbridge/gateway';
import { describeStep } from '../../accounts/describe-step.ts';
import { followLogin } from '../follow-login.ts';
import type { FirstRunStep } from '../step.ts';

/** Every chat account is logged in. */
export const logInAccounts: FirstRunStep = {
  name: 'account',
  async look({ io, profile }) {
    const { firstRun } = io.texts;
    const found = await profile();
    const [absent] = await loggedOut(found);
    const keys = Object.keys(found.settings.channels);
    if (absent !== undefined)
      return { isDone: false, text: firstRun.accountMissing(absent), remedy: loginRemedy(absent, found.name) };
    return { isDone: true, ...(keys.length > 0 && { text: firstRun.accountIn(keys.join(', ')) }) };
  },
  async lead({ io, profile }, guide) {
    const { firstRun } = io.texts;
    const found = await profile();
    const [key] = await loggedOut(found);
    if (key === undefined) return 'led';
    const readCode = ({ isWrong }: { readonly isWrong: boolean }) =>
      guide.type(describeStep({ type: 'code.wanted', isWrong }, io.texts));
    const readSecret = ({ what }: { readonly what: string }) => guide.secret(firstRun.secretOf(what));
    await followLogin((signal) => loginAccount({ ...{ profile: found, key, signal, readCode, readSecret } }), { guide, io });
    return 'led';
  },
  async undo({ profile, change }) {
    const found = await profile();
    const [key = ''] = await loggedOut(found);
    const isOnly = Object.keys(found.settings.channels).length === 1;
    await change({ path: isOnly ? ['channels'] : ['channels', key], value: undefined });
  },
};

async function loggedOut(profile: ResolvedProfile): Promise<readonly string[]> {
  const types = [...new Set(Object.values(profile.settings.channels).map(({ type }) => type))];
  const accounts = (await Promise.all(types.map((type) => showAccounts({ profile, type })))).flat();
  return accounts.filter(({ login }) => login === 'absent').map(({ key }) => key);
}
