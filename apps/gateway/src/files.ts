import { access, constants, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { asId, type WorkspacePath } from '@threadbridge/contract';
import { checkWorkspace, type Files, type Places } from '@threadbridge/core';
import { findMade } from './media/find-made.ts';
import { keepSent } from './media/keep-sent.ts';
import { takeIn } from './media/take-in.ts';
import { takeOut } from './media/take-out.ts';
import { findPlaces } from './places.ts';
import { type WorkspaceReasons, workspaceReasons } from './workspace-reasons.ts';

export interface FilesOptions {
  /** Directories that no run may work in or around: our own state, homes of Codex. */
  readonly offLimits: readonly string[];
  /** The directory of what came in; made by the caller. */
  readonly media: string;
  /** Default: what this computer has. */
  readonly places?: () => Promise<Places>;
}

/** The disk of this computer: judged by the workspace rules, with a place for what came in. */
export function createFiles(options: FilesOptions): Files {
  const findHere = options.places ?? (() => findPlaces({ own: options.offLimits }));
  return {
    async resolveWorkspace(asked, language) {
      const reasons = workspaceReasons(language);
      const refuse = (reason: keyof WorkspaceReasons) => ({ allowed: false as const, reason: reasons[reason](asked) });
      const path = asked === '~' || asked.startsWith('~/') ? join(homedir(), asked.slice(1)) : asked;
      if (!isAbsolute(path) || path.includes('\0')) return refuse('relative');
      try {
        const real = await realpath(path);
        const refusal = checkWorkspace(real, await findHere());
        if (refusal !== undefined) return refuse(refusal);
        if (!(await stat(real)).isDirectory()) return refuse('noDirectory');
        await access(real, constants.R_OK | constants.X_OK);
        return { allowed: true, path: asId<WorkspacePath>(real) };
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code === 'ENOENT') return refuse('missing');
        return refuse(code === 'ENOTDIR' ? 'noDirectory' : 'unreadable');
      }
    },
    takeIn: (incoming) => takeIn(options.media, incoming),
    findMade,
    takeOut: (file) => takeOut(options.media, file),
    keepText: ({ name, mediaType, text }) => keepSent(options.media, { name, mediaType, content: Buffer.from(text) }),
  };
}
