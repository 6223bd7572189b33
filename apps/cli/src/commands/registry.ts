import type { CommandEntry } from './command-file.ts';

/** Every command, in the order of the help. A new one is one file and one entry; its file is loaded when it is called. */
export const commands: readonly CommandEntry[] = [
  { name: 'demo', summary: ({ demo }) => demo.summary, load: async () => (await import('./demo.ts')).demo },
  { name: 'start', summary: ({ start }) => start.summary, load: async () => (await import('./start.ts')).start },
  { name: 'login', summary: ({ accounts }) => accounts.loginSummary, load: async () => (await import('./login.ts')).login },
  { name: 'claim', summary: ({ accounts }) => accounts.claimSummary, load: async () => (await import('./claim.ts')).claim },
  { name: 'logout', summary: ({ accounts }) => accounts.logoutSummary, load: async () => (await import('./logout.ts')).logout },
  {
    name: 'wechat',
    summary: ({ accounts }) => accounts.wechatSummary,
    load: async () => (await import('./wechat.ts')).wechat,
  },
  { name: 'status', summary: ({ status }) => status.summary, load: async () => (await import('./status.ts')).status },
  { name: 'logs', summary: ({ status }) => status.logsSummary, load: async () => (await import('./logs.ts')).logs },
  { name: 'doctor', summary: ({ inspect }) => inspect.doctorSummary, load: async () => (await import('./doctor.ts')).doctor },
  { name: 'config', summary: ({ config }) => config.summary, load: async () => (await import('./config.ts')).config },
  { name: 'secret', summary: ({ secret }) => secret.summary, load: async () => (await import('./secret.ts')).secret },
  { name: 'threads', summary: ({ inspect }) => inspect.threadsSummary, load: async () => (await import('./threads.ts')).threads },
  {
    name: 'native-api',
    summary: ({ inspect }) => inspect.apiSummary,
    load: async () => (await import('./native-api.ts')).nativeApi,
  },
  { name: 'policy', summary: ({ inspect }) => inspect.policySummary, load: async () => (await import('./policy.ts')).policy },
  {
    name: 'task',
    summary: ({ tasks }) => tasks.summary,
    load: async () => (await import('./task.ts')).task,
  },
  {
    name: 'mcp',
    summary: ({ tasks }) => tasks.mcpSummary,
    load: async () => (await import('./mcp.ts')).mcp,
  },
  {
    name: 'service',
    summary: ({ service }) => service.summary,
    load: async () => (await import('./service.ts')).service,
  },
  { name: 'audit', summary: ({ inspect }) => inspect.auditSummary, load: async () => (await import('./audit.ts')).audit },
  { name: 'replay', summary: ({ inspect }) => inspect.replaySummary, load: async () => (await import('./replay.ts')).replay },
  {
    name: 'backup',
    summary: ({ backup }) => backup.summary,
    load: async () => (await import('./backup.ts')).backup,
  },
  {
    name: 'completion',
    summary: ({ program }) => program.completion,
    load: async () => (await import('./completion.ts')).completion,
  },
];
