import type { FirstRunStep } from '../step.ts';

/** It is said by which chats Codex is reached; that there is none is said by an empty list. */
export const chooseChat: FirstRunStep = {
  name: 'chat',
  async look({ io, profile }) {
    const { firstRun } = io.texts;
    const { settings, origin } = await profile();
    const keys = Object.keys(settings.channels);
    if (keys.length > 0) return { isDone: true, text: firstRun.talksBy(keys.join(', ')) };
    if (origin(['channels']).type !== 'default') return { isDone: true, text: firstRun.talksHere };
    return { isDone: false, text: firstRun.chatMissing, remedy: firstRun.chatRemedy };
  },
  async lead({ io, change }, guide) {
    const { firstRun } = io.texts;
    const choice = await guide.choose(firstRun.whichChat, [
      { value: 'wechat', label: firstRun.wechat, hint: firstRun.wechatHint },
      { value: 'feishu', label: firstRun.feishu, hint: firstRun.feishuHint },
      { value: 'feishuApp', label: firstRun.feishuApp, hint: firstRun.feishuAppHint },
      { value: 'here', label: firstRun.onlyHere, hint: firstRun.onlyHereHint },
      { value: 'later', label: firstRun.later, hint: firstRun.chatLaterHint },
    ]);
    switch (choice) {
      case 'wechat':
        await change({ path: ['channels', 'wechat'], value: { type: 'ilink' } });
        return 'led';
      case 'feishu':
        await change({ path: ['channels', 'feishu'], value: { type: 'feishu' } });
        return 'led';
      case 'feishuApp': {
        const tenant = await guide.choose(firstRun.whichTenant, [
          { value: 'feishu', label: firstRun.onFeishu },
          { value: 'lark', label: firstRun.onLark },
        ]);
        const check = (text: string) => (/^\s*cli_\w+\s*$/.test(text) ? undefined : firstRun.noAppId);
        const appId = (await guide.type(firstRun.appId, { check })).trim();
        await change({ path: ['channels', 'feishu'], value: { type: 'feishu', tenant, appId } });
        return 'led';
      }
      case 'here':
        await change({ path: ['channels'], value: {} });
        return 'led';
      case 'later':
        return 'skipped';
    }
  },
};
