import type { FileChange } from '@threadbridge/contract';
import type { FileBlock } from '../decide/made-file.ts';
import type { RefusedFile } from '../decide/prompt-files.ts';
import type { HeldWay } from '../decide/scope-state.ts';
import { fileName, megabytes } from './file-name.ts';

/** Everything the bridge says by itself, in English. Each entry takes values and returns Markdown. */
export const en = {
  strangerRefused: (p: { readonly actor: string }) =>
    `I only answer my owner. If that should include you, give them this id: \`${p.actor}\``,
  channelNeedsLogin: (p: { readonly channel: string }) =>
    `The login of "${p.channel}" has ended: nothing comes in or goes out there. On the computer: \`threadbridge login ${p.channel}\`. What waits there is kept.`,
  channelFailed: (p: { readonly channel: string; readonly reason: string }) =>
    `"${p.channel}" has stopped, and somebody has to look after it: ${p.reason}`,
  claimRefused: () =>
    'That code was not taken: it is wrong, too old or used, or there were too many tries. `threadbridge claim` on the computer shows the one that is good, if there is one.',
  claimed: () => '**This Threadbridge is yours now.** What you write here goes to Codex; `/help` lists what else there is.',
  groupRefused: (p: { readonly group: string }) =>
    `This group is not open to me yet. My owner can open it in our private chat: \`/group approve ${p.group}\``,
  commandPrivate: (p: { readonly name: string }) => `\`/${p.name}\` works in a private chat only.`,
  commandRole: (p: { readonly name: string; readonly role: string }) => `\`/${p.name}\` is for ${p.role}s.`,
  secondPerson: (p: { readonly code: string }) => `One yes for \`${p.code}\`. It needs a second person.`,
  filesNotTaken: (p: { readonly name: string }) => `The files beside \`/${p.name}\` were not taken; send them without a command.`,
  /** What is done to a file, before its path. */
  changeOf: (p: { readonly kind: FileChange['kind'] }): string => p.kind,
  filesMade: (p: { readonly count: number; readonly blocked: number }) => {
    const files = (count: number) => `${count} file${count === 1 ? '' : 's'}`;
    const said = p.blocked === 0 ? '' : p.count === 0 ? ' that may not be sent' : ` (and ${p.blocked} that may not be sent)`;
    return `${files(p.count === 0 ? p.blocked : p.count)}${said}: \`/artifacts\``;
  },
  answerAsFile: (p: { readonly parts: number; readonly id: string }) =>
    `The answer has ${p.parts} parts. The whole of it is a file: \`/sendfile ${p.id}\`.`,
  planNone: () => 'This thread has no plan that I know of.',
  diffNone: () => 'The last turn of this thread changed no files by patches.',
  artifactsNone: () => 'No run made a file here that I know of.',
  artifactsTitle: () => '`/sendfile ID` sends a file, `/sendfile all` every one that may be sent:',
  artifactUnknown: () => 'There is no file of that number here. `/artifacts` lists them.',
  fileBlocked: (p: { readonly name: string; readonly reason: FileBlock }) =>
    `“${fileName(p.name)}” was not sent: ${en.fileBlockedBecause(p)}.`,
  fileBlockedBecause: (p: { readonly reason: FileBlock }): string =>
    ({
      outside: 'it is not inside of the workspace',
      notRegular: 'it is no plain file',
      linked: 'it is linked under other names, too',
      size: 'it is too large',
      empty: 'it is empty',
      name: 'files of such a name may hold secrets',
      content: 'it holds what looks like a secret',
      unreadable: 'it cannot be read',
      changed: 'it has changed since it was looked at',
      gone: 'it is not there any more',
    })[p.reason],
  messageTooLong: (p: { readonly length: number; readonly max: number }) =>
    `That message has ${p.length} characters; up to ${p.max} are taken. Nothing was sent to Codex; please send it as a file.`,
  fileRefused: (p: RefusedFile & { readonly maxCount: number; readonly maxFileBytes: number; readonly maxTotalBytes: number }) =>
    `“${fileName(p.name)}” was not taken: ${
      {
        count: `one message may bring ${p.maxCount} files.`,
        size: `a file may have ${megabytes(p.maxFileBytes)}.`,
        total: `the files of one message may have ${megabytes(p.maxTotalBytes)} together.`,
        type: `files of this type are not taken${p.mediaType === undefined ? '' : ` (${p.mediaType})`}.`,
        empty: 'it is empty.',
        late: 'it took too long to come. Send it again.',
        failed: 'it could not be fetched. Send it again.',
      }[p.reason]
    }`,
  waiting: (p: { readonly count: number }) =>
    `Waiting for the run in progress (${p.count} in line). \`/steer TEXT\` puts words into it, \`/stop\` ends it.`,
  inLine: (p: { readonly place: number; readonly for: 'slot' | 'thread' }) =>
    `${p.for === 'thread' ? 'Another run is at work in this thread' : 'All runs this computer may do at once are at work'}. Yours is ${ordinal(p.place)} in line and begins by itself; \`/stop\` takes it out.`,
  pendingFull: (p: { readonly count: number }) =>
    `Busy: ${p.count} messages already wait here, so this one was not taken. Send it again later; \`/queue\` shows them, \`/stop all\` drops them.`,
  busy: (p: { readonly message: string; readonly words: string }) =>
    `Busy: your message${named(p.words)} was not taken. ${p.message}`,
  waitingHeld: (p: { readonly count: number }) =>
    `Waiting (${p.count} in line): another program has the thread open. \`/status\` names the question, \`/stop\` gives up what waits for it.`,
  joined: () => 'Another Codex has this thread open. I joined it there: your words run beside its own windows.',
  heldQuestion: () =>
    '**This thread is open in another program** (the Codex app, an editor, a terminal). I never take a thread away, so nothing was sent yet. How shall it go on?',
  heldWay: (p: { readonly code: string; readonly way: HeldWay }) =>
    `\`/answer ${p.code} ${p.way}\` ${
      {
        wait: 'waits until it is free and goes on by itself',
        queue: 'leaves your words for that program: they run there, under its settings, and I bring the answer',
        fork: 'goes on in a copy of the thread',
        withdraw: 'takes back the prompts that lie in the queue of the thread, then goes on',
      }[p.way]
    }`,
  labelWay: (p: { readonly way: HeldWay }) =>
    ({ wait: 'Wait', queue: 'Leave it there', fork: 'Go on in a copy', withdraw: 'Empty its queue' })[p.way],
  heldWaits: () => 'Waiting until the thread is free. `/stop` gives up.',
  heldQueued: () =>
    'Left for the other program. It runs there when its own turn is over; I bring the answer. `/stop` takes it back.',
  heldQueueUnknown: () =>
    'The program stopped while your words were left for the other one, so they may or may not lie there. I look for the answer; `/stop` takes them back.',
  heldForked: (p: { readonly thread: string }) =>
    `Going on in a copy of the thread, \`${p.thread}\`. The thread itself stays as it is.`,
  heldNotTakenBack: () => 'It could not be taken back: the other program has run it or is running it. I bring the answer.',
  statusHeld: (p: { readonly status: 'asked' | 'waiting' | 'queued'; readonly code: string }) =>
    ({
      asked: `The thread is open in another program: \`/answer ${p.code}\` shows how it can go on`,
      waiting: 'The thread is open in another program; waiting until it is free',
      queued: 'Your words were left for the program that has the thread open',
    })[p.status],
  parkedReadyElsewhere: (p: { readonly title: string }) =>
    `The usage limit has reset: what waits in “${p.title}” can go on there.`,
  heldElsewhere: (p: { readonly title: string }) =>
    `A run in “${p.title}” waits for you: its thread is open in another program. Choose there how it goes on.`,
  noWorkspace: () =>
    'No workspace is set, so nothing was sent to Codex. Set `workspaces.default` in the configuration and send it again.',
  workspaceRefused: (p: { readonly reason: string }) => `Nothing was sent to Codex. ${p.reason}`,
  noAnswer: () => '(The turn ended without a text.)',
  stopped: (p: { readonly why: 'asked' | 'idle' | 'wall' | 'shutdown' | 'codex' }) =>
    ({
      asked: 'Stopped.',
      idle: 'Stopped: there was no sign of life for too long.',
      wall: 'Stopped: the run reached its time limit.',
      shutdown: 'Stopped, because Threadbridge was shut down. Nothing is repeated by itself; send the message again to go on.',
      codex: 'The turn was interrupted.',
    })[p.why],
  failed: (p: { readonly kind: string; readonly message: string }) => `The turn failed: ${p.message}`,
  parked: (p: { readonly message: string; readonly count: number; readonly resets?: string }) =>
    `**Limit reached**${p.resets === undefined ? '' : `, resets at ${p.resets}`}. ${p.message}\n\n${messages(p.count)} kept and not sent again by itself. I say when the limit has reset; \`/queue resume\` sends ${p.count === 1 ? 'it' : 'them'} on, \`/stop all\` drops ${p.count === 1 ? 'it' : 'them'}.`,
  parkedReady: (p: { readonly count: number }) =>
    `The usage limit has reset. ${messages(p.count)} kept: \`/queue resume\` sends ${p.count === 1 ? 'it' : 'them'} on, \`/stop all\` drops ${p.count === 1 ? 'it' : 'them'}.`,
  nothingParked: () => 'Nothing is kept back.',
  restoredRun: () =>
    'The state of this gateway was put back from a copy that was made while this run went on. How it ended is in its thread: `/refresh`. Nothing is repeated by itself.',
  restored: (p: { readonly messages: number; readonly replies: number }) =>
    `The state of this gateway was put back from a copy. ${p.messages} message${p.messages === 1 ? '' : 's'} for Codex and ${p.replies} repl${p.replies === 1 ? 'y' : 'ies'} for you that were open then may have been dealt with since, so they are kept: \`/queue\` shows them, \`/queue resume\` sends them on, \`/stop all\` drops them.`,
  restoredCommand: (p: { readonly name: string }) =>
    `\`/${p.name}\` was given before the state of this gateway was put back from a copy. It was not carried out, since it may have been already; give it again if it still counts.`,
  lostBeforeStart: (p: { readonly message: string; readonly words: string }) =>
    `Your message${named(p.words)} did not reach Codex: ${p.message} Send it again when that is mended.`,
  lostInTurn: (p: { readonly message: string; readonly words: string }) =>
    `The run was cut off${p.words === '' ? '' : ` (“${p.words}”)`}: ${p.message} What it did until then stays done; nothing is repeated by itself. Send a message to go on in the same thread.`,
  steered: (p: { readonly words: string }) => `Put into the run in progress${p.words === '' ? '' : ':'}${named(p.words)}.`,
  steerRefused: (p: { readonly reason: string; readonly words: string }) =>
    `Your message${named(p.words)} could not be put into the run in progress (${p.reason}). It waits for the next run.`,
  steerUnknown: (p: { readonly words: string }) =>
    `It is unknown whether your steering words${named(p.words)} reached the run, because the program stopped at that moment.`,
  steerNothing: (p: { readonly words: string }) =>
    `Nothing is running, so${named(p.words)} went nowhere. Without \`/steer\` it begins a run.`,
  nothingRuns: () => 'Nothing is running.',
  alreadyStopping: () => 'The run is being stopped.',
  dropped: (p: { readonly count: number }) =>
    `${p.count} waiting message${p.count === 1 ? ' was' : 's were'} dropped and not sent to Codex.`,
  recalledParked: () => 'Taken back: it is not sent again.',
  recalled: () => 'Taken back before it was sent to Codex.',
  deliveryUnknown: (p: { readonly excerpt: string }) =>
    `A message may or may not have arrived: its sending was cut short. It began: “${p.excerpt}”`,
  deliveryFailed: (p: { readonly excerpt: string; readonly code: string }) =>
    `A message could not be delivered (${p.code}). It began: “${p.excerpt}”`,

  askCommand: (p: { readonly command: string; readonly cwd?: string }) =>
    `**Codex asks to run**\n\n${p.command}${p.cwd === undefined ? '' : `\n\nin \`${p.cwd}\``}`,
  askNetwork: (p: { readonly host: string }) => `It wants the network: \`${p.host}\`.`,
  askFiles: (p: { readonly count: number }) => `**Codex asks to change ${p.count === 1 ? 'a file' : `${p.count} files`}**`,
  askPermissions: () => '**Codex asks for more permissions**',
  askInput: () => '**Codex asks you**',
  askElicitation: (p: { readonly server: string }) => `**The tool server \`${p.server}\` asks**`,
  askTool: (p: { readonly tool: string }) => `**Codex calls the tool \`${p.tool}\`**`,
  reason: () => 'Reason, in the words of Codex:',
  askedBy: (p: { readonly run: string; readonly names: string }) => `Run ${p.run}, asked for by ${p.names}.`,
  risk: (p: { readonly risk: 'unsandboxed' | 'outside' | 'network' | 'deletes' | 'hidden' }) =>
    ({
      unsandboxed: 'Risk: once approved it may run outside the sandbox.',
      outside: 'Risk: it reaches outside the workspace.',
      network: 'Risk: it reaches the network.',
      deletes: 'Risk: it deletes files.',
      hidden: 'Risk: it holds hidden characters, shown as ⟨U+…⟩.',
    })[p.risk],
  sandboxLine: (p: { readonly access: string; readonly network: boolean }) =>
    `Sandbox: ${p.access}, network ${p.network ? 'on' : 'off'}.`,
  howToApprove: (p: { readonly code: string }) => `\`/approve ${p.code}\` yes · \`/deny ${p.code}\` no`,
  howToApproveSession: (p: { readonly code: string }) => `\`/approve ${p.code} session\` yes, and the same again in this session`,
  howToApproveAlways: (p: { readonly code: string; readonly rule: string }) =>
    `\`/approve ${p.code} always\` yes, and for good: ${p.rule}`,
  howToAnswer: (p: { readonly code: string }) => `\`/answer ${p.code} YOUR WORDS\` · \`/deny ${p.code}\` refuse`,
  labelApprove: () => 'Approve',
  labelApproveSession: () => 'Approve for this session',
  labelApproveAlways: () => 'Always allow',
  labelDeny: () => 'Deny',
  labelCancel: () => 'Deny and stop',
  approvalDone: (p: { readonly code: string; readonly decision: string; readonly by: string }) =>
    `\`${p.code}\` ${p.decision} by ${p.by}.`,
  decisions: (p: { readonly decision: string }) =>
    (
      ({
        accept: 'approved',
        acceptForSession: 'approved for this session',
        acceptAlways: 'approved for good',
        decline: 'denied',
        cancel: 'denied and the run ended',
        answered: 'answered',
      }) as Readonly<Record<string, string>>
    )[p.decision] ?? p.decision,
  approvalExpired: (p: { readonly code: string }) => `Nobody answered \`${p.code}\` in time, so it was denied.`,
  approvalClosed: (p: { readonly code: string }) => `\`${p.code}\` was closed by Codex before anyone answered.`,
  approvalNotOpen: () => 'No open request has this code. It was answered, closed, or never asked here.',
  approvalUndelivered: (p: { readonly reason: string }) => `Your answer was not used: ${p.reason}`,
  approvalWhich: () => 'Name the code of the request:',
  approvalNoneOpen: () => 'No request is open here.',
  notOffered: (p: { readonly offered: string }) => `This request does not offer that. It offers: ${p.offered}.`,
  elsewhereAsks: (p: { readonly title: string }) => `The task “${p.title}” asks:`,
  elsewhereClosed: (p: { readonly code: string; readonly text: string }) => `\`${p.code}\` is closed. ${p.text}`,
  elsewhereEnded: (p: { readonly title: string; readonly status: string }) =>
    `The task “${p.title}” ${
      { completed: 'is done.', failed: 'failed.', interrupted: 'was stopped.', lost: 'was lost.' }[p.status] ?? 'is over.'
    }`,
  approvalAnswered: (p: { readonly code: string; readonly decision: string; readonly by: string }) =>
    `\`${p.code}\` was already ${p.decision} by ${p.by}.`,
  nobody: () => 'the clock',
  buttonRefused: (p: { readonly why: 'altered' | 'key' | 'elsewhere' | 'expired' | 'person' | 'run' | 'used' }) =>
    ({
      altered: 'This button is not valid. Nothing was done.',
      key: 'This button is no longer valid, because the keys were changed. Nothing was done.',
      elsewhere: 'This button belongs to another conversation. Nothing was done.',
      expired: 'This button is too old. Nothing was done; ask again.',
      person: 'This button is for whoever asked. Nothing was done.',
      run: 'This button belongs to a run that is over. Nothing was done.',
      used: 'This button was used already. Nothing was done again.',
    })[p.why],
  labelAnswer: () => 'Answer',
  statusGrant: (p: { readonly what: string; readonly lasts: 'session' | 'always' }) =>
    p.lasts === 'session'
      ? `Allowed in this thread: ${p.what}. It does not count in others; \`/new\` leaves the thread, and whoever goes back to it has it again until Codex closes it.`
      : `Allowed for good: ${p.what}. It stands in the rules of Codex on this computer; \`threadbridge doctor\` there lists them and says how to take one out.`,
  labelNew: () => 'New thread',
  labelStop: () => 'Stop',
  labelSteer: () => 'Put in',
  labelSteerText: () => 'Words for the run in progress',
  forGoodRefused: (p: { readonly code: string }) =>
    `Allowing something for good is for owners. \`/approve ${p.code}\` allows it this once.`,
  notYours: () => 'This request is not yours to answer.',
  answerNeeded: () => 'This request wants words.',

  unknownCommand: (p: { readonly name: string; readonly nearest?: string }) =>
    `There is no command \`/${p.name}\`.${p.nearest === undefined ? '' : ` Did you mean \`/${p.nearest}\`?`} \`/help\` lists them. Nothing was sent to Codex.`,
  usage: (p: { readonly usage: string }) => `Usage: \`${p.usage}\``,
  helpTitle: () => 'Anything that is not a command goes to Codex. Commands cost no turn:',
  newThread: () => 'The next message starts a new thread.',
  newThreadWhileRunning: () => 'The run in progress goes on; the message after it starts a new thread.',
  threadsNone: () => 'Codex has no threads here yet.',
  threadsTitle: () =>
    'Threads, newest first. `/add NAME ID` gives one a name (the short id is enough), `/use NAME` goes on in it.',
  threadsFailed: (p: { readonly error: string }) => `The threads could not be read: ${p.error}`,
  threadNotFound: (p: { readonly thread: string }) => `No thread matches \`${p.thread}\`. \`/threads\` lists them.`,
  threadAmbiguous: (p: { readonly thread: string; readonly count: number }) =>
    `\`${p.thread}\` matches ${p.count} threads; give more of the id.`,
  aliasAdded: (p: { readonly name: string; readonly title: string; readonly cwd: string }) =>
    `\`${p.name}\` is now “${p.title}” in \`${p.cwd}\`. \`/use ${p.name}\` goes on in it.`,
  aliasUnknown: (p: { readonly name: string }) => `There is no alias \`${p.name}\`. \`/list\` shows them.`,
  aliasBadName: () => 'An alias is a short word of letters, digits, `-` and `_`.',
  aliasUsed: (p: { readonly name: string; readonly title: string; readonly cwd: string }) =>
    `Messages here now go on in \`${p.name}\` (“${p.title}”), in \`${p.cwd}\`.`,
  answerFrom: (p: { readonly name: string }) => `Answer from \`${p.name}\`.`,
  aliasRefused: (p: { readonly name: string; readonly reason: string }) => `\`${p.name}\` cannot be used here. ${p.reason}`,
  aliasNone: () => 'No aliases yet. `/threads` lists threads, `/add NAME ID` names one.',

  workspaceUsed: (p: { readonly path: string }) => `Runs here now work in \`${p.path}\`.`,
  workspaceNotUsed: (p: { readonly reason: string }) => `The workspace stays as it was. ${p.reason}`,
  workspaceUnknown: (p: { readonly name: string }) => `There is no workspace named \`${p.name}\`.`,
  onOff: (p: { readonly isOn: boolean }) => (p.isOn ? 'on' : 'off'),
  yesNo: (p: { readonly isYes: boolean }) => (p.isYes ? 'yes' : 'no'),
  notSet: () => 'not set',
  choiceOfCodex: () => "Codex's own choice",
  duringRun: (p: { readonly mode: 'queue' | 'steer' }) =>
    ({ queue: 'they wait for the next run', steer: 'they are put into the run' })[p.mode],
  approvalRules: (p: { readonly expires: string; readonly persons: number }) =>
    `denied after ${p.expires} without an answer; a yes needs ${p.persons === 1 ? 'one person' : 'two people'}`,
  settingUnknown: (p: { readonly name: string; readonly known: string }) =>
    `\`${p.name}\` cannot be set here. What can: ${p.known}. \`/config\` shows everything.`,
  workspacesNone: () => 'No workspaces are named. `workspaces` in the configuration names them.',
  whoami: (p: { readonly actor: string; readonly role: string; readonly scope: string }) =>
    `You are \`${p.actor}\`, here as ${p.role}. This place is \`${p.scope}\`.`,
  invited: (p: { readonly actor: string; readonly role: string }) =>
    `\`${p.actor}\` is now ${p.role === 'admin' ? 'an admin' : 'a user'}.`,
  uninvited: (p: { readonly actor: string }) => `The invitation of \`${p.actor}\` is taken back.`,
  notInvited: (p: { readonly actor: string }) => `\`${p.actor}\` was not invited by a command. Invited are:`,
  groupLine: (p: { readonly group: string; readonly status: string; readonly access: string }) =>
    `- \`${p.group}\` ${p.status}, ${p.access}`,
  groupsNone: () => 'No group was judged yet. A group names its id when somebody speaks to me there.',
  groupReset: (p: { readonly group: string }) => `\`${p.group}\` is as if it had never been judged: closed.`,
  aliasRemoved: (p: { readonly name: string }) => `\`${p.name}\` is forgotten. The thread stays where it is.`,
  heldReplies: (p: { readonly count: number }) => `Replies held back by the platform's limit: ${p.count}`,
  moreWaits: (p: { readonly count: number }) => `(${p.count} more wait: the platform lets me speak again when you write.)`,

  askFailed: (p: { readonly message: string }) => `That could not be done. ${p.message}`,
  askUnknown: () => 'The program stopped while this was being done; it may or may not have happened. It is not repeated.',
  noThread: () => 'There is no thread here yet; the next message starts one.',
  waitForRun: () => 'A run is in progress. Wait for its end, or `/stop` it.',
  renamed: (p: { readonly title: string }) => `This thread is now called “${p.title}”.`,
  forked: (p: { readonly thread: string }) =>
    `The next message goes to a copy of the thread, \`${p.thread}\`. The old one stays as it is.`,
  archived: (p: { readonly thread: string }) => `\`${p.thread}\` is put away. The next message starts a new thread.`,
  compacted: () => 'The thread is summed up.',
  modelSet: (p: { readonly model: string }) => `Runs here now use \`${p.model}\`.`,
  modelUnknown: (p: { readonly model: string }) => `There is no model \`${p.model}\`. There are:`,
  limitLine: (p: { readonly name: string; readonly percent: number; readonly resets?: string }) =>
    `- ${p.name === '' ? 'Limit' : p.name}: ${Math.round(p.percent)} % used${p.resets === undefined ? '' : `, resets at ${p.resets}`}`,
  limitsNone: () => 'The login in use names no limits.',
  hostFinding: (p: { readonly name: string; readonly state: string; readonly text: string; readonly remedy?: string }) =>
    `- ${{ ok: '✅', warn: '⚠️', fail: '❌', unknown: '❔' }[p.state] ?? ''} ${p.name}: ${p.text}${p.remedy === undefined ? '' : ` ${p.remedy}`}`,
  hostProcess: (p: { readonly name: string; readonly pid: number; readonly minutes?: number }) =>
    `- ${p.name}, process ${p.pid}${p.minutes === undefined ? '' : `, for ${p.minutes} min`}`,
  hostDone: (p: { readonly what: 'doctor' | 'ps' | 'reconnect' | 'reload' | 'exit'; readonly names: string }) =>
    ({
      doctor: 'Nothing to report.',
      ps: 'Nothing to report.',
      reconnect: p.names === '' ? 'There is nothing to connect to.' : `Connecting anew: ${p.names}.`,
      reload: p.names === '' ? 'The configuration says the same as before.' : `Read again. Changed: ${p.names}.`,
      exit: 'The gateway ends now. Start it again on the computer.',
    })[p.what],
  moved: (p: { readonly count: number }) =>
    `This thread went on elsewhere since I last saw it (${p.count === 1 ? 'one turn' : `${p.count} turns`}). Your words go in after that:`,
  movedWaits: (p: { readonly count: number }) =>
    `This thread went on elsewhere since I last saw it (${p.count === 1 ? 'one turn' : `${p.count} turns`}), so your words wait. \`/refresh\` shows that and sends them, \`/new\` sends them to a new thread, \`/stop\` drops them.`,
  waitingMoved: () => 'Waiting: the thread went on elsewhere. `/refresh` shows that and sends what waits, `/stop` drops it.',
  stepRan: (p: { readonly command: string; readonly exitCode: number }) =>
    `ran \`${p.command}\`${p.exitCode === 0 ? '' : ` (exit code ${p.exitCode})`}`,
  stepChanged: (p: { readonly path: string }) => `changed \`${p.path}\``,
  stepUsed: (p: { readonly tool: string }) => `used \`${p.tool}\``,
  stepsOmitted: (p: { readonly count: number }) => `${p.count} more step${p.count === 1 ? '' : 's'} before`,
  verbosity: (p: { readonly mode: 'quiet' | 'verbose' }) =>
    p.mode === 'verbose' ? 'told while it goes on' : 'not told, only the answer',
  refreshNothing: () => 'Nothing new happened in this thread.',
  refreshCut: (p: { readonly count: number }) => `The last ${p.count} turns; there were more before them.`,
  threadUsed: (p: { readonly title: string; readonly cwd: string }) =>
    `Messages here now go on in “${p.title}”, in \`${p.cwd}\`.`,
  threadRefused: (p: { readonly reason: string }) => `That thread cannot be used here. ${p.reason}`,

  statusPhase: (p: {
    readonly phase: 'idle' | 'collecting' | 'fetching' | 'preparing' | 'running' | 'held' | 'waiting';
    readonly minutes: number;
  }) =>
    ({
      idle: '**Idle.**',
      fetching: '**About to start** (your files are still on their way).',
      collecting: '**About to start** (waiting for you to finish typing).',
      preparing: '**About to start.**',
      held: '**Waiting for the thread.**',
      running: `**Running** for ${p.minutes} min.`,
      waiting: `**Waiting for your answer**, running for ${p.minutes} min.`,
    })[p.phase],
  statusLine: (p: { readonly place: number; readonly for: 'slot' | 'thread' }) =>
    `**In line**, ${ordinal(p.place)}, ${p.for === 'thread' ? 'behind another run in this thread' : 'for a free place among the runs'}.`,
  statusParked: (p: { readonly status: 'limited' | 'offered' | 'restored'; readonly count: number; readonly resets?: string }) =>
    p.status === 'restored'
      ? `From before the state was put back, ${messages(p.count)} kept: \`/queue resume\``
      : p.status === 'offered'
        ? `Limit has reset. ${messages(p.count)} kept: \`/queue resume\``
        : `**Limit reached**${p.resets === undefined ? '' : `, resets at ${p.resets}`}. ${messages(p.count)} kept: \`/queue resume\` tries now`,
  statusThread: (p: { readonly thread?: string; readonly alias?: string }) =>
    `Thread: ${p.thread === undefined ? 'a new one with the next message' : `\`${p.thread}\``}${p.alias === undefined ? '' : ` (alias \`${p.alias}\`)`}`,
  statusAlias: (p: { readonly title: string; readonly isRunning: boolean; readonly isUsed: boolean }) =>
    `**“${p.title}”**${p.isUsed ? ', in use here' : ''}. ${p.isRunning ? 'A run goes on in it here.' : 'No run goes on in it here.'} \`/refresh\` with the name tells what happened elsewhere.`,
  statusWorkspace: (p: { readonly path?: string }) => `Workspace: ${p.path === undefined ? 'not set' : `\`${p.path}\``}`,
  statusAccess: (p: { readonly access: string; readonly network: boolean }) =>
    `Access: ${p.access}, network ${p.network ? 'on' : 'off'}, Codex asks before it leaves the sandbox`,
  runLimits: (p: { readonly wall: string; readonly idle: string }) =>
    `Runs here end after ${p.wall}, or after ${p.idle} without a sign of life`,
  timeoutTooLong: (p: { readonly most: string }) => `At most ${p.most}, as the profile says.`,
  followOn: () => 'I tell what happens in this thread elsewhere, when it is over. `/follow off` ends that.',
  followOff: () => 'I tell no more of what happens elsewhere; `/refresh` shows it.',
  statusQueue: (p: { readonly count: number }) => `Waiting messages: ${p.count}`,
  statusApproval: (p: { readonly code: string; readonly what: string }) => `Open request \`${p.code}\`: ${p.what}`,
};

/** Of which words it is said; some messages have none. */
function named(words: string): string {
  return words === '' ? '' : ` “${words}”`;
}

function messages(count: number): string {
  return count === 1 ? '1 message is' : `${count} messages are`;
}

function ordinal(place: number): string {
  const isTeen = place % 100 >= 11 && place % 100 <= 13;
  return `${place}${(isTeen ? undefined : ['', 'st', 'nd', 'rd'][place % 10]) || 'th'}`;
}

/** The same entries in any language. */
export type Texts = { readonly [Key in keyof typeof en]: (...args: Parameters<(typeof en)[Key]>) => string };
