import type { FileChange } from '@threadbridge/contract';
import type { FileBlock } from '../../decide/made-file.ts';
import type { RefusedFile } from '../../decide/prompt-files.ts';
import { fileName, megabytes } from '../file-name.ts';
import type { Translated } from '../translated.ts';

const en = {
  messageTooLong: (p: { readonly length: number; readonly max: number }) =>
    `That message has ${p.length} characters; up to ${p.max} are taken. Nothing was sent to Codex; please send it as a file.`,
  fileRefused: (p: RefusedFile & { readonly maxCount: number; readonly maxFileBytes: number; readonly maxTotalBytes: number }) =>
    `“${fileName(p.name)}” was not taken: ${
      {
        count: `one message may bring ${p.maxCount} files.`,
        size: `a file may have ${megabytes(p.maxFileBytes)}.`,
        total: `the files of one message may have ${megabytes(p.maxTotalBytes)} together.`,
        type: `files of this type are not taken${p.mediaType === undefined ? '' : ` (${p.mediaType})`}.`,
        empty: 'it is empty.',
        late: 'it took too long to come. Send it again.',
        failed: 'it could not be fetched. Send it again.',
      }[p.reason]
    }`,
  /** What is done to a file, before its path. */
  changeOf: (p: { readonly kind: FileChange['kind'] }): string => p.kind,
  filesMade: (p: { readonly count: number; readonly blocked: number }) => {
    const files = (count: number) => `${count} file${count === 1 ? '' : 's'}`;
    const said = p.blocked === 0 ? '' : p.count === 0 ? ' that may not be sent' : ` (and ${p.blocked} that may not be sent)`;
    return `${files(p.count === 0 ? p.blocked : p.count)}${said}: \`/artifacts\``;
  },
  answerAsFile: (p: { readonly parts: number; readonly id: string }) =>
    `The answer has ${p.parts} parts. The whole of it is a file: \`/sendfile ${p.id}\`.`,
  artifactsNone: () => 'No run made a file here that I know of.',
  artifactsTitle: () => '`/sendfile ID` sends a file, `/sendfile all` every one that may be sent:',
  artifactUnknown: () => 'There is no file of that number here. `/artifacts` lists them.',
  fileBlocked: (p: { readonly name: string; readonly reason: FileBlock }) =>
    `“${fileName(p.name)}” was not sent: ${en.fileBlockedBecause(p)}.`,
  fileBlockedBecause: (p: { readonly reason: FileBlock }): string =>
    ({
      outside: 'it is not inside of the workspace',
      notRegular: 'it is no plain file',
      linked: 'it is linked under other names, too',
      size: 'it is too large',
      empty: 'it is empty',
      name: 'files of such a name may hold secrets',
      content: 'it holds what looks like a secret',
      unreadable: 'it cannot be read',
      changed: 'it has changed since it was looked at',
      gone: 'it is not there any more',
    })[p.reason],
};

const zh: Translated<typeof en> = {
  messageTooLong: (p) => `这条消息有 ${p.length} 个字符，最多接收 ${p.max} 个。没有转交给 Codex，请作为文件发送。`,
  fileRefused: (p) =>
    `没有收下“${fileName(p.name)}”：${
      {
        count: `一条消息最多 ${p.maxCount} 个文件。`,
        size: `单个文件最大 ${megabytes(p.maxFileBytes)}。`,
        total: `一条消息的文件合计最大 ${megabytes(p.maxTotalBytes)}。`,
        type: `不接收此类文件${p.mediaType === undefined ? '' : `（${p.mediaType}）`}。`,
        empty: '文件是空的。',
        late: '传输时间过长，请重新发送。',
        failed: '无法取得该文件，请重新发送。',
      }[p.reason]
    }`,
  changeOf: (p) => ({ add: '新增', update: '修改', delete: '删除' })[p.kind],
  filesMade: (p) =>
    p.count === 0
      ? `${p.blocked} 个文件不可发送：\`/artifacts\``
      : `${p.count} 个文件${p.blocked === 0 ? '' : `（另有 ${p.blocked} 个不可发送）`}：\`/artifacts\``,
  answerAsFile: (p) => `回答共 ${p.parts} 条。完整内容是一个文件：\`/sendfile ${p.id}\`。`,
  artifactsNone: () => '这里还没有任务生成的文件。',
  artifactsTitle: () => '`/sendfile 编号` 发送一个文件，`/sendfile all` 发送全部可发送的文件：',
  artifactUnknown: () => '这里没有该编号的文件。`/artifacts` 可查看列表。',
  fileBlocked: (p) => `没有发送“${fileName(p.name)}”：${zh.fileBlockedBecause(p)}。`,
  fileBlockedBecause: (p) =>
    ({
      outside: '它不在工作目录内',
      notRegular: '它不是普通文件',
      linked: '它还有其他硬链接名称',
      size: '文件过大',
      empty: '文件是空的',
      name: '此类名称的文件可能含有机密',
      content: '内容中有疑似机密的信息',
      unreadable: '无法读取',
      changed: '检查之后文件已被改动',
      gone: '文件已不存在',
    })[p.reason],
};

/** Files in either direction. */
export const files = { en, zh };
