const en = {
  summary: 'keep secrets by name',
  set: 'Keep a secret: pasted here, or from stdin. The configuration names it by { "source": "keystore", "id": ID }.',
  list: 'Print the names of the secrets that are kept.',
  remove: 'Forget a secret.',
  rotate:
    'Replace a secret: a token of ours by a new one, which is shown once; `tokens`, the key of buttons and approval codes; any other by one that you paste.',
  id: 'its name',
  revoke: 'with tokens: those shown before end at once, instead of when they expire',
  theSecret: (id: string) => `the secret ${id}`,
  kept: (id: string) => `${id} is kept. A gateway that runs uses it from its next start, or its next \`config reload\`, on.`,
  none: 'No secrets are kept.',
  forgotten: (id: string) => `${id} is forgotten.`,
  unknown: (id: string) => `There is no secret ${id}.`,
  token: (p: { readonly service: string; readonly token: string }) =>
    `The new token of ${p.service}, shown this once: ${p.token}\nIt holds from the next start of the gateway on.`,
  nothing: (id: string) => `Nothing was given for ${id}; nothing was kept.`,
  nothingRemedy: 'Paste the secret, or pipe it in.',
  rotated: (p: { readonly profile: string; readonly keepsFormer: boolean }) =>
    `The key of profile ${p.profile} is new. ${p.keepsFormer ? 'Buttons shown before stay good until they expire.' : 'Buttons shown before are worth nothing now.'}`,
};

const zh: typeof en = {
  summary: '按名称保存密钥',
  set: '保存一个密钥：在这里粘贴，或来自标准输入。配置中用 { "source": "keystore", "id": ID } 引用它。',
  list: '显示已保存的密钥名称。',
  remove: '忘记一个密钥。',
  rotate: '更换密钥：我们自己的令牌会换成新的，只显示一次；`tokens` 是按钮与审批代码的密钥；其余的换成你粘贴的内容。',
  id: '它的名称',
  revoke: '用于 tokens：之前显示的立即失效，而不是到期失效',
  theSecret: (id) => `密钥 ${id}`,
  kept: (id) => `已保存 ${id}。运行中的网关在下次启动或下次 \`config reload\` 时开始使用。`,
  none: '没有保存任何密钥。',
  forgotten: (id) => `已忘记 ${id}。`,
  unknown: (id) => `没有密钥 ${id}。`,
  token: (p) => `${p.service} 的新令牌，只显示这一次：${p.token}\n网关下次启动时生效。`,
  nothing: (id) => `没有给出 ${id}，什么也没有保存。`,
  nothingRemedy: '请粘贴密钥，或通过管道传入。',
  rotated: (p) =>
    `配置档 ${p.profile} 的密钥已更换。${p.keepsFormer ? '之前显示的按钮到期前仍然有效。' : '之前显示的按钮现在已失效。'}`,
};

/** `secret`. */
export const secret = { en, zh };
