import type { AccountState, LoginProgress } from '@threadbridge/gateway';

type Step<Type extends LoginProgress['type']> = Extract<LoginProgress, { readonly type: Type }>;

const en = {
  loginSummary: 'log a chat account in, or Codex',
  loginKey: 'the channel, as the configuration calls it; or `codex`',
  app: 'with Feishu: an app that exists already; its secret is asked for, or read from stdin',
  browser: 'with codex: in a browser of this computer, instead of by a code on any device',
  withApiKey: 'with codex: by an API key of OpenAI, which is asked for, or read from stdin',
  optionNotFor: (p: { readonly option: string; readonly key: string }) => `${p.option} is not for ${p.key}; nothing was changed.`,
  apiKey: 'the API key',
  noApiKey: 'No API key was given; nothing was changed.',
  logoutSummary: 'forget the login of a chat account',
  key: 'the channel, as the configuration calls it',
  claimSummary: 'show the code that makes you the owner',
  claim: (p: { readonly profile: string; readonly code: string; readonly until: string }) =>
    `Nobody in a chat owns profile ${p.profile} yet. Whoever sends this to it in a private chat before ${p.until} does: /claim ${p.code}`,
  claimed: (profile: string) => `Profile ${profile} has an owner already, so there is no code.`,
  qr: (p: Step<'qr'>) =>
    `${p.attempt === 1 ? 'Scan this code with your phone' : 'Scan this new code with your phone'}, or open the link there:\n${p.url}`,
  qrNeeds: (p: { readonly rows: number; readonly columns: number }) =>
    `The code needs a window of ${p.columns} columns and ${p.rows} rows. Make this one larger, or its letters smaller, and the code appears; or open the link on the phone.`,
  visit: (p: Step<'visit'>) =>
    `Open this address and log in: ${p.url}${p.code === undefined ? '' : `\nCode to type there: ${p.code}`}`,
  scanned: 'Scanned. Confirm on the phone.',
  codeWanted: (isWrong: boolean) => `${isWrong ? 'That was not the number. ' : ''}Type the number that the phone shows.`,
  redirected: (host: string) => `The account lives at ${host}; going on there.`,
  expired: (reason: Step<'expired'>['reason']): string =>
    reason === 'old' ? 'The code is too old.' : 'The code was blocked after too many wrong numbers.',
  complete: (account: string | undefined) =>
    `Logged in as ${account ?? 'an account without a name'}. A running gateway goes on with it by itself.`,
  alreadyBound: 'Logged in already: the login that is stored here stays valid.',
  failed: (message: string) => `Not logged in: ${message}`,
  codexIn: 'Codex is logged in.',
  adviseOwner: (p: { readonly command: string; readonly claim: string | undefined }) =>
    `To be listened to, say that it is yours:\n  ${p.command}${p.claim === undefined ? '' : `\nOr send it, in a private chat, the line that \`${p.claim}\` shows.`}`,
  forgotten: (key: string) =>
    `The login of ${key} is forgotten here. A gateway that runs keeps it until it stops; at the platform it ends with the next login.`,
  noLogin: (key: string) => `No login of ${key} was stored.`,
  paste: (what: string) => `Paste ${what}; it is not shown: `,
  codexElsewhere: (profile: string) => `Codex of the profile ${profile} is not logged in by hand.`,
  codexApiKey: 'The key of codex.auth.apiKey is handed to it at every start.',
  codexSocket: 'Log in where the app-server of codex.socket was started.',
  wechatSummary: 'show WeChat accounts and who writes to them',
  wechatShow: 'Print the accounts, their addresses, and whether a login is stored. Asks nobody.',
  wechatProbe: 'Print who writes, without answering, until Ctrl-C. The profile must not be running.',
  wechatKey: 'the channel, where there are several',
  wechatNone: (profile: string) => `The profile ${profile} has no WeChat account.`,
  wechatSeveral: (p: { readonly profile: string; readonly keys: string }) =>
    `The profile ${p.profile} has several WeChat accounts: ${p.keys}.`,
  wechatConfigure: 'Configure one first.',
  wechatName: 'Name one behind `probe`.',
  probing: (key: string) => `Whoever writes to ${key} is named here and not answered. Ctrl-C ends it.`,
  account: ({ key, login, accountId, userId, baseUrl, command }: AccountState & { readonly command: string }) => {
    const address = baseUrl ?? 'the official address';
    switch (login) {
      case 'stored':
        return `${key}  ${accountId ?? 'stored, and no WeChat login'}  ${address}  logged in${userId === undefined ? '' : ` by ${key}:${userId}`}`;
      case 'elsewhere':
        return `${key}  ${address}  its login is kept where channels.${key}.credentials says`;
      case 'absent':
        return `${key}  ${address}  not logged in; log in: ${command}`;
    }
  },
};

const zh: typeof en = {
  loginSummary: '登录聊天账号或 Codex',
  loginKey: '通道在配置中的名称；或 `codex`',
  app: '飞书：使用已有的应用；会询问其密钥，或从标准输入读取',
  browser: 'codex：在本机浏览器中登录，而不是在任意设备上输入代码',
  withApiKey: 'codex：用 OpenAI 的 API 密钥登录；会询问密钥，或从标准输入读取',
  optionNotFor: (p) => `${p.option} 不适用于 ${p.key}；没有改动任何内容。`,
  apiKey: ' API 密钥',
  noApiKey: '没有给出 API 密钥，什么也没有改变。',
  logoutSummary: '忘记聊天账号的登录',
  key: '通道在配置中的名称',
  claimSummary: '显示让你成为所有者的代码',
  claim: (p) => `配置档 ${p.profile} 还没有聊天中的所有者。${p.until} 之前，谁在私聊中发来这条消息，它就归谁：/claim ${p.code}`,
  claimed: (profile) => `配置档 ${profile} 已有所有者，因此没有代码。`,
  qr: (p) => `${p.attempt === 1 ? '请用手机扫描此二维码' : '请用手机扫描这个新的二维码'}，或在手机上打开链接：\n${p.url}`,
  qrNeeds: (p) => `二维码需要 ${p.columns} 列、${p.rows} 行的窗口。放大窗口或缩小字号后会自动显示；也可以在手机上打开链接。`,
  visit: (p) => `请打开此地址登录：${p.url}${p.code === undefined ? '' : `\n在那里输入代码：${p.code}`}`,
  scanned: '已扫描，请在手机上确认。',
  codeWanted: (isWrong) => `${isWrong ? '数字不对。' : ''}请输入手机上显示的数字。`,
  redirected: (host) => `账号位于 ${host}，在那里继续。`,
  expired: (reason) => (reason === 'old' ? '二维码已过期。' : '数字多次错误，二维码已被锁定。'),
  complete: (account) => `已登录：${account ?? '没有名称的账号'}。运行中的网关会自动使用它。`,
  alreadyBound: '已经登录：这里保存的登录仍然有效。',
  failed: (message) => `没有登录：${message}`,
  codexIn: 'Codex 已登录。',
  adviseOwner: (p) =>
    `要让它听你的，请说明它归你：\n  ${p.command}${p.claim === undefined ? '' : `\n或在私聊中把 \`${p.claim}\` 显示的那一行发给它。`}`,
  forgotten: (key) => `已忘记 ${key} 的登录。运行中的网关会一直使用到它停止；在平台上，下次登录时旧登录才会失效。`,
  noLogin: (key) => `没有保存 ${key} 的登录。`,
  paste: (what) => `请粘贴${what}（不会显示）：`,
  codexElsewhere: (profile) => `配置档 ${profile} 的 Codex 不需要手动登录。`,
  codexApiKey: '每次启动时会把 codex.auth.apiKey 的密钥交给它。',
  codexSocket: '请在启动 codex.socket 的 app-server 的地方登录。',
  wechatSummary: '查看微信账号以及谁在给它们写消息',
  wechatShow: '显示账号、地址以及是否保存了登录。不会联系任何人。',
  wechatProbe: '显示谁在写消息，不作回答，直到 Ctrl-C。配置档不能正在运行。',
  wechatKey: '通道，有多个时需要指定',
  wechatNone: (profile) => `配置档 ${profile} 没有微信账号。`,
  wechatSeveral: (p) => `配置档 ${p.profile} 有多个微信账号：${p.keys}。`,
  wechatConfigure: '请先配置一个。',
  wechatName: '请在 `probe` 后写明是哪一个。',
  probing: (key) => `给 ${key} 写消息的人会显示在这里，不会得到回答。Ctrl-C 结束。`,
  account: ({ key, login, accountId, userId, baseUrl, command }) => {
    const address = baseUrl ?? '官方地址';
    switch (login) {
      case 'stored':
        return `${key}  ${accountId ?? '已保存，但不是微信登录'}  ${address}  已登录${userId === undefined ? '' : `，登录者 ${key}:${userId}`}`;
      case 'elsewhere':
        return `${key}  ${address}  登录保存在 channels.${key}.credentials 所指的地方`;
      case 'absent':
        return `${key}  ${address}  未登录；登录：${command}`;
    }
  },
};

/** `login`, `logout`, `claim`, `wechat`. */
export const accounts = { en, zh };
