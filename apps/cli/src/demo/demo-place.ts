import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The directories of one demo. */
export interface DemoPlace extends AsyncDisposable {
  readonly directory: string;
  /** Threadbridge's state: configuration, store, Codex home. Never inside the workspace. */
  readonly home: string;
  /** Where the demo's runs work: a small git repository. */
  readonly workspace: string;
  readonly isKept: boolean;
}

const readme = `# Demo workspace

A small git repository for trying Threadbridge. Codex works here, in its sandbox.
`;

/** Makes a place for a demo: in `keep`, which stays and may have been used before, or in a temporary directory that is removed. */
export async function openDemoPlace(keep?: string): Promise<DemoPlace> {
  const directory = await realpath(
    keep === undefined ? await mkdtemp(join(tmpdir(), 'threadbridge-demo-')) : await made(resolve(keep)),
  );
  const home = join(directory, 'state');
  const workspace = join(directory, 'workspace');
  await mkdir(home, { recursive: true, mode: 0o700 });
  await mkdir(workspace, { recursive: true });
  // A kept workspace is somebody's: nothing in it is written over.
  await writeFile(join(workspace, 'README.md'), readme, { flag: 'wx' }).catch(() => {});
  await startRepository(workspace);
  return {
    directory,
    home,
    workspace,
    isKept: keep !== undefined,
    async [Symbol.asyncDispose]() {
      if (keep === undefined) await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

async function made(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  return directory;
}

/** A repository with one commit, where git is installed; Codex works without one, too. */
async function startRepository(workspace: string): Promise<void> {
  const git = (...words: readonly string[]) => run('git', ['-C', workspace, ...words]);
  try {
    await git('rev-parse', '--verify', 'HEAD');
  } catch {
    const author = ['-c', 'user.name=demo', '-c', 'user.email=demo@localhost', '-c', 'commit.gpgsign=false'];
    await git('-c', 'init.defaultBranch=main', 'init', '--quiet')
      .then(() => git('add', 'README.md'))
      .then(() => git(...author, 'commit', '--quiet', '--no-verify', '-m', 'Start of the demo'))
      .catch(() => {});
  }
}
