import type { MadeBackup, Manifest } from '@threadbridge/gateway';

const moment = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

const en = {
  summary: 'copy a profile into one file, and put it back',
  file: 'where it is to be; never overwritten (default: threadbridge-PROFILE-TIME.tar.gz here)',
  withSecrets: 'the secrets too, sealed with a passphrase that is asked for, or read from stdin',
  restore:
    'Put a profile back as it was. What is there is kept aside; nothing that was open goes out by itself. The profile must not be running.',
  restoreSecrets: 'its secrets too, opened with the passphrase they were sealed with',
  verify: 'Say whether a backup is whole: every file, the store, the audit log.',
  passphrase: 'the passphrase of the secrets',
  made: (p: MadeBackup) => `${p.file}: profile ${p.profile}, ${p.files} files, ${p.sizeBytes} bytes, checked.`,
  sealed:
    'It holds what people wrote, so keep it as private as the profile. Its secrets are sealed with the passphrase; without it nobody opens them.',
  noSecrets:
    'It holds what people wrote, so keep it as private as the profile. It holds no secrets: after a restore elsewhere, log in again.',
  notInIt: "Not in it: Codex's own threads, which are in its home, and the logs.",
  whole: (p: Manifest & { readonly file: string }) =>
    `${p.file} is whole: profile ${p.profile}, ${moment(p.takenAt)}, made by version ${p.program}, ${p.files.length} files.`,
  restored: (p: { readonly profile: string; readonly takenAt: number }) =>
    `The profile ${p.profile} is as it was at ${moment(p.takenAt)}.`,
  aside: (directory: string) => `What was there before is kept in ${directory}; remove it when all is well.`,
  configured: (file: string) => `Its configuration is written into ${file}.`,
  waits:
    'What was open then may have gone out since, so none of it goes out by itself: conversations are told, and /queue resume there sends on what waited.',
};

const zh: typeof en = {
  summary: '把一个配置档复制到一个文件中，或从中恢复',
  file: '写到哪里；绝不覆盖（默认：当前目录的 threadbridge-配置档-时间.tar.gz）',
  withSecrets: '同时包含密钥，用口令加密；口令会被询问，或来自标准输入',
  restore: '把配置档恢复原状。现有内容会另行保留；当时未完成的内容不会自动发出。该配置档不能在运行。',
  restoreSecrets: '同时恢复密钥，用当时的口令解开',
  verify: '检查备份是否完整：每个文件、存储、审计日志。',
  passphrase: '密钥的口令',
  made: (p) => `${p.file}：配置档 ${p.profile}，${p.files} 个文件，${p.sizeBytes} 字节，已检查。`,
  sealed: '其中有人们写的内容，请像配置档一样保密。密钥已用口令加密，没有口令无法打开。',
  noSecrets: '其中有人们写的内容，请像配置档一样保密。其中没有密钥：在别处恢复后请重新登录。',
  notInIt: '不包含：Codex 自己的线程（在它的主目录中）和日志。',
  whole: (p) => `${p.file} 完整：配置档 ${p.profile}，${moment(p.takenAt)}，由版本 ${p.program} 制作，${p.files.length} 个文件。`,
  restored: (p) => `配置档 ${p.profile} 已恢复到 ${moment(p.takenAt)} 的状态。`,
  aside: (directory) => `原有内容保留在 ${directory}；确认无误后可删除。`,
  configured: (file) => `其配置已写入 ${file}。`,
  waits: '当时未完成的内容可能之后已经发出，因此不会自动发出：各对话会收到说明，在那里用 /queue resume 继续等待中的内容。',
};

/** `backup`. */
export const backup = { en, zh };
