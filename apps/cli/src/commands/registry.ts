import type { CommandEntry } from './command-file.ts';

/** Every command, in the order of the help. A new one is one file and one entry; its file is loaded when it is called. */
export const commands: readonly CommandEntry[] = [
  { name: 'demo', summary: 'try it: no account, no network', load: async () => (await import('./demo.ts')).demo },
  { name: 'start', summary: 'run the gateway', load: async () => (await import('./start.ts')).start },
  { name: 'login', summary: 'log a chat account in, or Codex', load: async () => (await import('./login.ts')).login },
  { name: 'claim', summary: 'show the code that makes you the owner', load: async () => (await import('./claim.ts')).claim },
  { name: 'logout', summary: 'forget the login of a chat account', load: async () => (await import('./logout.ts')).logout },
  {
    name: 'wechat',
    summary: 'show WeChat accounts and who writes to them',
    load: async () => (await import('./wechat.ts')).wechat,
  },
  { name: 'status', summary: 'tell what runs and what waits', load: async () => (await import('./status.ts')).status },
  { name: 'logs', summary: 'print the log', load: async () => (await import('./logs.ts')).logs },
  { name: 'doctor', summary: 'check what works on this computer', load: async () => (await import('./doctor.ts')).doctor },
  { name: 'config', summary: 'show, check and change the configuration', load: async () => (await import('./config.ts')).config },
  { name: 'secret', summary: 'keep secrets by name', load: async () => (await import('./secret.ts')).secret },
  { name: 'threads', summary: 'list Codex threads', load: async () => (await import('./threads.ts')).threads },
  {
    name: 'native-api',
    summary: 'offer Codex to programs on this computer, as the openai SDK wants it',
    load: async () => (await import('./native-api.ts')).nativeApi,
  },
  { name: 'policy', summary: 'say what policy decides, and why', load: async () => (await import('./policy.ts')).policy },
  {
    name: 'task',
    summary: 'ask Codex for something that goes on in the gateway',
    load: async () => (await import('./task.ts')).task,
  },
  {
    name: 'mcp',
    summary: 'offer tasks to another agent, over standard input and output',
    load: async () => (await import('./mcp.ts')).mcp,
  },
  {
    name: 'service',
    summary: 'run the gateway as a service of this system',
    load: async () => (await import('./service.ts')).service,
  },
  { name: 'audit', summary: 'verify or export the audit log', load: async () => (await import('./audit.ts')).audit },
  {
    name: 'completion',
    summary: 'complete commands in your shell',
    load: async () => (await import('./completion.ts')).completion,
  },
];
