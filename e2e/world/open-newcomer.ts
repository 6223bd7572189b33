import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTerminal, type Terminal } from '@threadbridge/terminal';
import { type FakeFeishu, startFakeFeishu } from '@threadbridge/testkit/feishu';
import { type FakeIlink, startFakeIlink } from '@threadbridge/testkit/ilink';
import { type ScriptedModel, startScriptedModel, toConfigFlags } from '@threadbridge/testkit/model';

/** A person with an empty home directory at a terminal. What they reach of the world outside are fakes at the official addresses. */
export interface Newcomer extends AsyncDisposable {
  readonly wechat: FakeIlink;
  readonly feishu: FakeFeishu;
  readonly model: ScriptedModel;
  /** The home directory; `project` lies in it. */
  readonly home: string;
  readonly project: string;
  /** The configuration file as it is now. */
  config(): Promise<unknown>;
  /** Writes it, as somebody who has used the program before. */
  configure(profile: object): Promise<void>;
  /** `threadbridge start` on a terminal, in the project. */
  start(...words: readonly string[]): Terminal;
}

export interface NewcomerOptions {
  /** Codex asks for a login. Default false. */
  readonly needsLogin?: boolean;
  readonly locale: 'en_US.UTF-8' | 'zh_CN.UTF-8';
}

const main = fileURLToPath(new URL('../../apps/cli/dist/main.js', import.meta.url));
const redirect = new URL('../processes/redirect-hosts.ts', import.meta.url).href;

export async function openNewcomer({ needsLogin = false, locale }: NewcomerOptions): Promise<Newcomer> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'threadbridge-new-')));
  const project = join(home, 'code', 'app');
  await mkdir(project, { recursive: true });
  const model = await startScriptedModel();
  const wechat = await startFakeIlink({ holdMs: 200 });
  const feishu = await startFakeFeishu();
  const provider = needsLogin ? ['model_providers.scripted.requires_openai_auth=true'] : [];
  const lines = toConfigFlags(model.codexConfig()).filter((word) => word !== '-c');
  await mkdir(join(home, '.codex'));
  await writeFile(join(home, '.codex', 'config.toml'), [...lines, ...provider].join('\n'));
  const hosts = {
    'ilinkai.weixin.qq.com': wechat.url,
    'novac2c.cdn.weixin.qq.com': wechat.url,
    'open.feishu.cn': feishu.url,
    'accounts.feishu.cn': feishu.url,
  };
  const terminals: Terminal[] = [];
  return {
    ...{ wechat, feishu, model, home, project },
    config: async () => JSON.parse(await readFile(join(home, '.threadbridge', 'config.json'), 'utf8')),
    async configure(profile) {
      const state = join(home, '.threadbridge');
      await mkdir(state, { mode: 0o700 });
      await writeFile(join(state, 'config.json'), JSON.stringify({ profiles: { default: profile } }));
    },
    start(...words) {
      const terminal = openTerminal({
        program: process.execPath,
        words: [main, 'start', ...words],
        directory: project,
        environment: {
          ...{ PATH: process.env.PATH ?? '', HOME: home, LANG: locale, TERM: 'xterm-256color' },
          ...{ NODE_OPTIONS: `--import ${redirect}`, REDIRECTED_HOSTS: JSON.stringify(hosts) },
        },
      });
      terminals.push(terminal);
      return terminal;
    },
    async [Symbol.asyncDispose]() {
      for (const terminal of terminals) terminal.kill();
      await Promise.all(terminals.map(({ end }) => end));
      await Promise.all([wechat.close(), feishu.close(), model.close()]);
      await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
