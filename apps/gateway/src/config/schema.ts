import * as z from 'zod';
import { channelSchema } from './schema-channel.ts';
import { codexSchema } from './schema-codex.ts';
import { serviceSchemas } from './schema-service.ts';
import { absolutePath, milliseconds, named } from './schema-words.ts';

const actor = z.string().regex(/^[^:\s]+:\S+$/, { error: 'KEY:ID, the key of a channel and an id of that platform' });
const access = z.enum(['read-only', 'workspace', 'full']);
const accessRank = { 'read-only': 0, workspace: 1, full: 2 } as const;

const accessSchema = z.strictObject({
  owners: z.array(actor).default([]).describe('Who owns this profile, as KEY:ID.'),
  admins: z.array(actor).default([]).describe('Who may manage, as KEY:ID.'),
  users: z.array(actor).default([]).describe('Who may ask, as KEY:ID.'),
  chats: z.array(actor).default([]).describe('Group chats that may ask, as KEY:ID.'),
  requireMention: z.boolean().default(true).describe('In groups only messages that mention the bot count.'),
});

const permissionsSchema = z
  .strictObject({
    defaultAccess: access.default('workspace').describe('What a run may touch unless said otherwise.'),
    maxAccess: access.default('workspace').describe('What nothing and nobody in a chat can raise a run above.'),
    network: z.boolean().default(false).describe('Network for the commands of a run.'),
  })
  .check((context) => {
    const { defaultAccess, maxAccess } = context.value;
    if (accessRank[defaultAccess] <= accessRank[maxAccess]) return;
    context.issues.push({
      code: 'custom',
      path: ['defaultAccess'],
      input: defaultAccess,
      message: `at most permissions.maxAccess, which is "${maxAccess}"`,
    });
  });

const workspacesSchema = z.strictObject({
  default: absolutePath
    .nullable()
    .default(null)
    .describe('Directory in which runs work. null: each conversation has to be given one.'),
  aliases: z
    .record(named(/^[\w-]+$/, 'a name of letters, digits, - and _'), absolutePath)
    .default({})
    .describe('Short names of further directories, for `/ws NAME`.'),
});

const runsSchema = z.strictObject({
  quietWindowMs: milliseconds
    .or(z.literal(0))
    .default(600)
    .describe('Quick messages within this time become one prompt. 0: no waiting.'),
  maxConcurrent: z.int().min(1).max(1_000).default(4).describe('Runs at the same time in this profile.'),
  maxWaiting: z
    .int()
    .min(0)
    .max(100_000)
    .default(100)
    .describe('Runs that may stand in line for their turn; one more is refused.'),
  maxPending: z.int().min(1).max(1_000).default(20).describe('Messages that may wait in one conversation; one more is refused.'),
  idleTimeoutMs: milliseconds.default(600_000).describe('A run without a sign of life for this long is ended.'),
  wallTimeoutMs: milliseconds.default(7_200_000).describe('A run is ended after this long.'),
  duringRun: z.enum(['queue', 'steer']).default('queue').describe('What happens to messages that arrive during a run.'),
  verbosity: z
    .enum(['quiet', 'verbose'])
    .default('quiet')
    .describe(
      'Whether the steps of a run are told in messages where the platform has no live view. A chat may choose: `/config verbosity`.',
    ),
  whenMoved: z
    .enum(['tell', 'wait'])
    .default('tell')
    .describe(
      'What happens to a message for a thread that went on elsewhere since the chat last saw it. `tell`: the chat is told and it goes in; `wait`: it waits for /refresh.',
    ),
  atStop: z
    .enum(['interrupt', 'finish'])
    .default('interrupt')
    .describe(
      'What happens to runs when the gateway stops. `finish`: they have some seconds to come to their end. After a restart of the service they go on in any case.',
    ),
});

const megabyte = 1_048_576;
const attachmentsSchema = z.strictObject({
  maxCount: z.int().min(1).max(100).default(10).describe('Files that one message may bring.'),
  maxFileBytes: z
    .int()
    .min(1)
    .max(1_024 * megabyte)
    .default(20 * megabyte)
    .describe('Size of one file.'),
  maxTotalBytes: z
    .int()
    .min(1)
    .max(4_096 * megabyte)
    .default(50 * megabyte)
    .describe('Size of the files of one message, together.'),
  types: z
    .array(named(/^[a-z]+\/(\*|[\w.+-]+)$/, 'a media type such as image/* or application/pdf'))
    .default([
      ...['image/*', 'audio/*', 'video/*', 'text/*', 'application/pdf', 'application/json', 'application/xml', 'application/rtf'],
      ...['application/zip', 'application/gzip', 'application/x-gtar', 'application/x-tar', 'application/x-7z-compressed'],
      ...['application/epub+zip', 'application/x-cfb', 'application/x-sqlite3', 'application/vnd.apache.parquet'],
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
      ...['application/vnd.oasis.opendocument.text', 'application/vnd.oasis.opendocument.spreadsheet'],
      'application/vnd.oasis.opendocument.presentation',
    ])
    .describe('Media types that are taken, judged by the content and not by the name.'),
});

const noticesSchema = z.strictObject({
  to: actor
    .nullable()
    .default(null)
    .describe(
      'A private chat, as KEY:ID, that is told of runs of other chats: done, failed, waiting for an answer, limit reached.',
    ),
});

const approvalsSchema = z.strictObject({
  expireMs: milliseconds.default(1_800_000).describe('A question that nobody answers for this long is denied.'),
  twoPersons: z.boolean().default(false).describe('Two people have to agree.'),
  mayAnswer: z
    .array(z.enum(['owner', 'admin', 'asker']))
    .min(1)
    .default(['owner', 'admin', 'asker'])
    .describe('Who may answer questions of Codex.'),
});

const retentionSchema = z.strictObject({
  messagesDays: z.int().min(1).default(90).describe('The bodies of handled messages are removed after this many days.'),
  attachmentsDays: z.int().min(1).default(30).describe('Files that people sent are removed after this many days.'),
});

/** What one profile says. */
export const profileSchema = z
  .strictObject({
    language: z.enum(['en', 'zh']).default('en').describe('The language in which Threadbridge speaks.'),
    keystore: z
      .enum(['file', 'keyring'])
      .default('file')
      .describe(
        'Where secrets are kept that are stored here. `file`: an encrypted one, with its key beside it. `keyring`: that of the operating system, which needs an unlocked desktop session.',
      ),
    codex: codexSchema.prefault({}).describe('How runs reach Codex.'),
    channels: z
      .record(named(/^[A-Za-z][\w-]{0,31}$/, 'a key of at most 32 letters, digits, - and _'), channelSchema)
      .default({})
      .describe('Chat accounts under names of your choice; people are written as KEY:ID with these keys.'),
    access: accessSchema.prefault({}).describe('Who is listened to.'),
    permissions: permissionsSchema.prefault({}).describe('What runs may do.'),
    workspaces: workspacesSchema.prefault({}).describe('Where runs work.'),
    runs: runsSchema.prefault({}).describe('Order and limits of runs.'),
    attachments: attachmentsSchema.prefault({}).describe('Which files that people send are taken.'),
    notices: noticesSchema.prefault({}).describe('What people are told of elsewhere.'),
    approvals: approvalsSchema.prefault({}).describe('How questions of Codex are answered.'),
    ...serviceSchemas,
    retention: retentionSchema.prefault({}).describe('How long things are kept.'),
  })
  .check((context) => {
    const { channels, notices } = context.value;
    const [key = ''] = notices.to?.split(':') ?? [];
    if (notices.to === null || Object.hasOwn(channels, key)) return;
    context.issues.push({
      code: 'custom',
      path: ['notices', 'to'],
      input: notices.to,
      message: `KEY:ID with the key of a channel of this profile${Object.keys(channels)
        .map((known, index) => `${index === 0 ? ': ' : ', '}${known}`)
        .join('')}`,
    });
  })
  .meta({ id: 'Profile', description: 'A named identity: accounts, Codex home, defaults, policy, its own store.' });

/** Names of profiles are names of directories, too. */
export const profileNameSchema = named(/^[A-Za-z0-9][\w-]{0,31}$/, 'a name of at most 32 letters, digits, - and _');

/** The whole configuration file. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where an editor finds this schema.'),
    schemaVersion: z.literal(1).default(1).describe('Version of this format.'),
    activeProfile: profileNameSchema.default('default').describe('The profile that is meant when none is named.'),
    profiles: z.record(profileNameSchema, profileSchema).default({}).describe('Profiles by name.'),
  })
  .meta({ title: 'Threadbridge configuration' });

export type Config = z.output<typeof configSchema>;
/** What one profile says, complete. */
export type Profile = z.output<typeof profileSchema>;
/** What may be written of a profile; everything has a default. */
export type ProfileInput = z.input<typeof profileSchema>;
