import type { Translated } from '../translated.ts';

const en = {
  unknownCommand: (p: { readonly name: string; readonly nearest?: string }) =>
    `There is no command \`/${p.name}\`.${p.nearest === undefined ? '' : ` Did you mean \`/${p.nearest}\`?`} \`/help\` lists them. Nothing was sent to Codex.`,
  usage: (p: { readonly usage: string }) => `Usage: \`${p.usage}\``,
  helpTitle: () => 'Anything that is not a command goes to Codex. Commands cost no turn:',
  filesNotTaken: (p: { readonly name: string }) => `The files beside \`/${p.name}\` were not taken; send them without a command.`,
  restoredCommand: (p: { readonly name: string }) =>
    `\`/${p.name}\` was given before the state of this gateway was put back from a copy. It was not carried out, since it may have been already; give it again if it still counts.`,
  askFailed: (p: { readonly message: string }) => `That could not be done. ${p.message}`,
  askUnknown: () => 'The program stopped while this was being done; it may or may not have happened. It is not repeated.',
};

const zh: Translated<typeof en> = {
  unknownCommand: (p) =>
    `没有命令 \`/${p.name}\`。${p.nearest === undefined ? '' : `你是想用 \`/${p.nearest}\` 吗？`}\`/help\` 列出全部命令。没有内容发给 Codex。`,
  usage: (p) => `用法：\`${p.usage}\``,
  helpTitle: () => '不是命令的内容都会发给 Codex。命令不消耗模型轮次：',
  filesNotTaken: (p) => `\`/${p.name}\` 旁边的文件没有收下，请不带命令单独发送。`,
  restoredCommand: (p) => `\`/${p.name}\` 是在网关状态从备份恢复之前发出的，可能已经执行过，因此没有再执行；如仍需要请重新发送。`,
  askFailed: (p) => `无法完成。${p.message}`,
  askUnknown: () => '执行过程中程序停止了，不确定是否已完成；不会自动重复。',
};

/** Commands that were not understood, and what all of them share. */
export const commands = { en, zh };
