import type { checkWorkspace } from '@threadbridge/core';

type Refusal = NonNullable<ReturnType<typeof checkWorkspace>> | 'relative' | 'missing' | 'noDirectory' | 'unreadable';

/** Why a directory is no workspace and what to do, each a sentence or two for the person who asked for it. */
export type WorkspaceReasons = { readonly [Key in Refusal]: (path: string) => string };

const en: WorkspaceReasons = {
  relative: (path) =>
    `\`${path}\` is not an absolute path. Name the directory from the root, like \`/home/you/project\`, or from \`~/\`.`,
  missing: (path) => `\`${path}\` does not exist on the computer. Check the spelling, or make the directory there first.`,
  noDirectory: (path) => `\`${path}\` is not a directory. Name the directory of a project.`,
  unreadable: (path) =>
    `\`${path}\` cannot be read by Threadbridge. Give its user the right to read it, or name another directory.`,
  root: (path) => `\`${path}\` is the root of a file system, which is too wide to work in. Name the directory of one project.`,
  home: (path) => `\`${path}\` is the home directory, which is too wide to work in. Name the directory of one project inside it.`,
  containsHome: (path) =>
    `\`${path}\` contains the home directory, which is too wide to work in. Name the directory of one project.`,
  tooBroad: (path) => `\`${path}\` holds too many different things to work in. Name the directory of one project inside it.`,
  offLimits: (path) =>
    `\`${path}\` belongs to the system, to Codex or to Threadbridge itself, and no run may work there. Name the directory of a project elsewhere.`,
  containsOffLimits: (path) =>
    `\`${path}\` contains directories of the system, of Codex or of Threadbridge itself. Name the directory of one project.`,
};

const zh: WorkspaceReasons = {
  relative: (path) => `\`${path}\` 不是绝对路径。请写完整路径，例如 \`/home/you/project\`，或以 \`~/\` 开头。`,
  missing: (path) => `电脑上没有 \`${path}\`。请检查拼写，或先在电脑上创建该目录。`,
  noDirectory: (path) => `\`${path}\` 不是目录。请给出一个项目的目录。`,
  unreadable: (path) => `Threadbridge 无法读取 \`${path}\`。请授予读取权限，或换一个目录。`,
  root: (path) => `\`${path}\` 是文件系统的根目录，范围太大，不能作为工作目录。请给出一个项目的目录。`,
  home: (path) => `\`${path}\` 是用户主目录，范围太大，不能作为工作目录。请给出其中一个项目的目录。`,
  containsHome: (path) => `\`${path}\` 包含用户主目录，范围太大，不能作为工作目录。请给出一个项目的目录。`,
  tooBroad: (path) => `\`${path}\` 中内容太杂，不能作为工作目录。请给出其中一个项目的目录。`,
  offLimits: (path) => `\`${path}\` 属于系统、Codex 或 Threadbridge 自身，不能在其中运行。请给出别处的项目目录。`,
  containsOffLimits: (path) => `\`${path}\` 包含系统、Codex 或 Threadbridge 自身的目录。请给出一个项目的目录。`,
};

export function workspaceReasons(language: 'en' | 'zh'): WorkspaceReasons {
  return language === 'zh' ? zh : en;
}
