const en = {
  summary: 'run the gateway as a service of this system',
  install: 'Start the gateway with your session, now and from now on.',
  uninstall: 'End that. The state of the profile stays.',
  start: 'Start the installed service.',
  stop: 'Stop it, and Codex with it.',
  restart: 'Replace the running gateway; turns that run go on.',
  status: 'Say whether it is installed, and how it stands.',
  logs: 'Follow the log until Ctrl-C.',
  dryRun: 'print what would be done, and do nothing',
  installed: (p: { readonly manager: string; readonly file: string }) => `Installed with ${p.manager}: ${p.file}`,
  notInstalled: 'Not installed as a service.',
  uninstalled: (home: string) => `Uninstalled. The state in ${home} stays.`,
  started: 'Started.',
  stopped: 'Stopped.',
  restarting: 'Restarting; what runs goes on.',
  nothingChanged: 'Nothing was changed.',
  refused: 'This profile is not installed as a service.',
  refusedRemedy: 'Install it: threadbridge service install',
  failed: (p: { readonly manager: string; readonly command: string; readonly complaint: string }) =>
    `${p.manager} refused \`${p.command}\`: ${p.complaint || 'it gave no reason'}`,
  failedRemedy: 'Run it by hand to see more, or keep `threadbridge start` running another way.',
};

const zh: typeof en = {
  summary: '把网关作为系统服务运行',
  install: '随你的会话启动网关，现在以及以后都是。',
  uninstall: '取消服务。配置档的状态会保留。',
  start: '启动已安装的服务。',
  stop: '停止它，连同 Codex。',
  restart: '替换运行中的网关；正在进行的轮次继续。',
  status: '查看是否已安装，以及状态如何。',
  logs: '持续显示日志，直到 Ctrl-C。',
  dryRun: '只显示会做什么，不执行',
  installed: (p) => `已通过 ${p.manager} 安装：${p.file}`,
  notInstalled: '没有安装为服务。',
  uninstalled: (home) => `已卸载。${home} 中的状态会保留。`,
  started: '已启动。',
  stopped: '已停止。',
  restarting: '正在重启；进行中的任务继续。',
  nothingChanged: '没有改变任何东西。',
  refused: '该配置档没有安装为服务。',
  refusedRemedy: '安装：threadbridge service install',
  failed: (p) => `${p.manager} 拒绝了 \`${p.command}\`：${p.complaint || '没有说明原因'}`,
  failedRemedy: '可手动运行以查看更多，或用其他方式保持 `threadbridge start` 运行。',
};

/** `service`. */
export const service = { en, zh };
