import type { Finding } from './compare.ts';

/** Something this package does for its users, and what of Codex it takes. */
export interface Feature {
  readonly name: string;
  readonly title: string;
  /** Methods, types and fields, each by the beginning of its name. */
  readonly needs: readonly string[];
  /** Names of behaviours. */
  readonly counts: readonly string[];
}

/** What a doctor speaks of; in this order. */
export const features: readonly Feature[] = [
  {
    name: 'turns',
    title: 'Threads and turns',
    needs: [
      ...[
        'initialize',
        'thread/start',
        'thread/resume',
        'turn/start',
        'turn/completed',
        'item/started',
        'item/completed',
        'error',
      ],
      ...[
        'Initialize',
        'ClientInfo',
        'ThreadStart',
        'ThreadResume',
        'TurnStart',
        'TurnCompleted',
        'ItemStarted',
        'ItemCompleted',
      ],
      ...['Thread.', 'ThreadItem', 'Turn.', 'UserInput', 'AskForApproval', 'SandboxMode', 'SandboxPolicy'],
    ],
    counts: ['busyThread', 'secondWriter', 'firstOutput'],
  },
  {
    name: 'streaming',
    title: 'Words as they are written',
    needs: [
      'item/agentMessage/delta',
      'AgentMessageDelta',
      'item/reasoning',
      'ReasoningSummary',
      'item/commandExecution/outputDelta',
    ],
    counts: [],
  },
  {
    name: 'stop',
    title: 'Stopping a turn with its commands',
    needs: ['turn/interrupt', 'TurnInterrupt', 'thread/backgroundTerminals', 'ThreadBackgroundTerminals'],
    counts: ['interrupt', 'sigterm'],
  },
  { name: 'steer', title: 'Steering a turn', needs: ['turn/steer', 'TurnSteer'], counts: [] },
  {
    name: 'approvals',
    title: 'Questions before commands and changes',
    needs: [
      ...[
        'item/commandExecution/requestApproval',
        'item/fileChange/',
        'serverRequest/resolved',
        'CommandExecutionRequestApproval',
      ],
      ...[
        'CommandExecutionApproval',
        'FileChange',
        'FileUpdateChange',
        'ServerRequestResolved',
        'NetworkApproval',
        'NetworkPolicy',
      ],
    ],
    counts: ['untrusted'],
  },
  {
    name: 'questions',
    title: 'Permissions, questions to the user, MCP forms',
    needs: [
      'item/permissions/',
      'item/tool/requestUserInput',
      'mcpServer/elicitation/',
      'Permissions',
      'ToolRequestUserInput',
      'McpServer',
    ],
    counts: [],
  },
  {
    name: 'tools',
    title: 'Tools of your own',
    needs: ['item/tool/call', 'DynamicTool', 'ThreadStartParams.dynamicTools'],
    counts: [],
  },
  {
    name: 'denyRead',
    title: 'Hiding files from commands',
    needs: [
      'ThreadStartParams.permissions',
      'ThreadResumeParams.permissions',
      'TurnStartParams.permissions',
      'ActivePermissionProfile',
    ],
    counts: ['denyRead'],
  },
  { name: 'environment', title: 'Hiding variables from commands', needs: [], counts: ['environmentPolicy'] },
  {
    name: 'history',
    title: 'Listing and reading threads',
    needs: ['thread/list', 'thread/read', 'thread/turns/list', 'ThreadList', 'ThreadRead', 'ThreadTurnsList', 'TurnsPage'],
    counts: [],
  },
  { name: 'fork', title: 'Forking threads', needs: ['thread/fork', 'ThreadFork'], counts: [] },
  {
    name: 'tidy',
    title: 'Naming, archiving, compacting, reverting and deleting threads',
    needs: [
      ...['thread/name/', 'thread/archive', 'thread/unarchive', 'thread/compact/', 'thread/revert', 'thread/delete'],
      ...['ThreadSetName', 'ThreadArchive', 'ThreadUnarchive', 'ThreadCompact', 'ThreadRevert', 'ThreadDelete'],
    ],
    counts: [],
  },
  { name: 'review', title: 'Reviews', needs: ['review/', 'Review'], counts: [] },
  {
    name: 'queue',
    title: 'Prompts queued into a busy thread',
    needs: ['thread/queue/', 'ThreadQueue', 'QueuedSubmission'],
    counts: [],
  },
  { name: 'models', title: 'Listing models', needs: ['model/list', 'Model.', 'ModelList', 'ReasoningEffort'], counts: [] },
  {
    name: 'account',
    title: 'Login and limits',
    needs: ['account/', 'Account', 'GetAccount', 'LoginAccount', 'CancelLogin', 'RateLimit', 'GetAccountRateLimits'],
    counts: [],
  },
  {
    name: 'usage',
    title: 'Token counts',
    needs: [
      'thread/tokenUsage/',
      'rawResponse/',
      'ThreadTokenUsage',
      'TokenUsage',
      'RawResponse',
      'ThreadStartParams.experimentalRawEvents',
    ],
    counts: [],
  },
];

/** The features that a difference in the protocol touches; none for what nobody names. */
export function touchedBy({ where }: Finding): readonly Feature[] {
  const touched = features.filter(({ needs }) => needs.some((need) => where.startsWith(need)));
  const most = Math.max(0, ...touched.map((feature) => longest(feature, where)));
  return touched.filter((feature) => longest(feature, where) === most);
}

/** `ThreadStartParams.permissions` is of hiding files, not of turns: the longer name wins. */
function longest({ needs }: Feature, where: string): number {
  return Math.max(...needs.filter((need) => where.startsWith(need)).map((need) => need.length));
}
