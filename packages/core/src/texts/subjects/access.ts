import type { Translated } from '../translated.ts';

const en = {
  strangerRefused: (p: { readonly actor: string }) =>
    `I only answer my owner. If that should include you, give them this id: \`${p.actor}\``,
  claimRefused: () =>
    'That code was not taken: it is wrong, too old or used, or there were too many tries. `threadbridge claim` on the computer shows the one that is good, if there is one.',
  claimed: () => '**This Threadbridge is yours now.** What you write here goes to Codex; `/help` lists what else there is.',
  groupRefused: (p: { readonly group: string }) =>
    `This group is not open to me yet. My owner can open it in our private chat: \`/group approve ${p.group}\``,
  commandPrivate: (p: { readonly name: string }) => `\`/${p.name}\` works in a private chat only.`,
  commandRole: (p: { readonly name: string; readonly role: string }) => `\`/${p.name}\` is for ${p.role}s.`,
  whoami: (p: { readonly actor: string; readonly role: string; readonly scope: string }) =>
    `You are \`${p.actor}\`, here as ${p.role}. This place is \`${p.scope}\`.`,
  invited: (p: { readonly actor: string; readonly role: string }) =>
    `\`${p.actor}\` is now ${p.role === 'admin' ? 'an admin' : 'a user'}.`,
  uninvited: (p: { readonly actor: string }) => `The invitation of \`${p.actor}\` is taken back.`,
  notInvited: (p: { readonly actor: string }) => `\`${p.actor}\` was not invited by a command. Invited are:`,
  groupLine: (p: { readonly group: string; readonly status: string; readonly access: string }) =>
    `- \`${p.group}\` ${p.status}, ${p.access}`,
  groupsNone: () => 'No group was judged yet. A group names its id when somebody speaks to me there.',
  groupReset: (p: { readonly group: string }) => `\`${p.group}\` is as if it had never been judged: closed.`,
};

const zh: Translated<typeof en> = {
  strangerRefused: (p) => `我只回应我的主人。如果你也需要使用，请把这个 ID 交给主人：\`${p.actor}\``,
  claimRefused: () =>
    '代码未被接受：错误、已过期、已使用，或尝试次数过多。若有可用的代码，在电脑上运行 `threadbridge claim` 可以查看。',
  claimed: () => '**这个 Threadbridge 现在属于你。** 你在这里写的内容会发给 Codex；`/help` 列出其他命令。',
  groupRefused: (p) => `这个群尚未开放。主人可以在私聊中开放：\`/group approve ${p.group}\``,
  commandPrivate: (p) => `\`/${p.name}\` 只能在私聊中使用。`,
  commandRole: (p) => `\`/${p.name}\` 需要 ${p.role} 权限。`,
  whoami: (p) => `你是 \`${p.actor}\`，角色 ${p.role}。这里是 \`${p.scope}\`。`,
  invited: (p) => `\`${p.actor}\` 现在的角色是 ${p.role}。`,
  uninvited: (p) => `已收回对 \`${p.actor}\` 的邀请。`,
  notInvited: (p) => `\`${p.actor}\` 不是通过命令邀请的。已邀请：`,
  groupLine: (p) => `- \`${p.group}\` ${p.status}，${p.access}`,
  groupsNone: () => '还没有处理过任何群。有人在群里对我说话时会显示群的 ID。',
  groupReset: (p) => `\`${p.group}\` 已恢复为未处理：关闭。`,
};

/** Who may speak and command here. */
export const access = { en, zh };
