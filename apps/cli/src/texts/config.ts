const en = {
  summary: 'show, check and change the configuration',
  show: 'Print every value with its origin. Secrets are shown as references.',
  check: 'Say whether the configuration is right; name each mistake with its place.',
  get: 'Print one value with its origin.',
  set: 'Change one value in the file; comments stay. What comes of it is checked first.',
  unset: 'Take one value out of the file, so that the default holds.',
  reload: 'Have the running gateway read the configuration again. Runs go on.',
  path: 'Print where the configuration file is, or belongs.',
  setting: 'inside the profile, as `config show` prints it',
  value: 'JSON, or a word',
  head: (p: { readonly profile: string; readonly file: string; readonly hasFile: boolean }) =>
    `profile ${p.profile}, ${p.file}${p.hasFile ? '' : ' (not there; defaults apply)'}`,
  right: (file: string) => `${file} is right.`,
  absent: (file: string) => `${file} is not there; defaults apply.`,
  notRunning: (profile: string) => `the profile ${profile} is not running; its next start reads the configuration.`,
  nothingChanged: 'Nothing changed.',
  inForce: (names: readonly string[]) => `In force now: ${names.join(', ') || 'nothing'}.`,
  later: (names: readonly string[]) => `After a restart: ${names.join(', ')}.`,
  removed: (p: { readonly path: string; readonly file: string }) => `${p.path} is taken out of ${p.file}.`,
  written: (p: { readonly path: string; readonly file: string }) => `${p.path} is written into ${p.file}.`,
  howToReload: '`threadbridge config reload` tells a gateway that runs.',
  unknown: (p: { readonly path: string; readonly meant: string | undefined }) =>
    `There is no setting ${p.path}${p.meant === undefined ? '' : `; did you mean ${p.meant}?`}`,
  unknownRemedy: '`threadbridge config show` lists them.',
};

const zh: typeof en = {
  summary: '查看、检查和修改配置',
  show: '显示每个值及其来源。密钥只显示为引用。',
  check: '检查配置是否正确，指出每个错误及其位置。',
  get: '显示一个值及其来源。',
  set: '修改文件中的一个值；注释会保留。写入前会先检查结果。',
  unset: '从文件中去掉一个值，使用默认值。',
  reload: '让运行中的网关重新读取配置。任务继续运行。',
  path: '显示配置文件的位置。',
  setting: '配置档内的路径，与 `config show` 显示的一致',
  value: 'JSON，或一个词',
  head: (p) => `配置档 ${p.profile}，${p.file}${p.hasFile ? '' : '（不存在，使用默认值）'}`,
  right: (file) => `${file} 正确。`,
  absent: (file) => `${file} 不存在，使用默认值。`,
  notRunning: (profile) => `配置档 ${profile} 没有运行；下次启动时会读取配置。`,
  nothingChanged: '没有变化。',
  inForce: (names) => `已生效：${names.join('、') || '无'}。`,
  later: (names) => `重启后生效：${names.join('、')}。`,
  removed: (p) => `已从 ${p.file} 中去掉 ${p.path}。`,
  written: (p) => `已将 ${p.path} 写入 ${p.file}。`,
  howToReload: '`threadbridge config reload` 可通知运行中的网关。',
  unknown: (p) => `没有设置 ${p.path}${p.meant === undefined ? '' : `；你是想用 ${p.meant} 吗？`}`,
  unknownRemedy: '`threadbridge config show` 列出全部设置。',
};

/** `config`. */
export const config = { en, zh };
