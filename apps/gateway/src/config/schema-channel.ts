import * as z from 'zod';
import { secretReferenceSchema } from './schema-secret.ts';
import { absolutePath } from './schema-words.ts';

const address = z.url({ protocol: /^https?$/, error: 'an http or https address' });

const ilinkSchema = z.strictObject({
  type: z.literal('ilink').describe('WeChat, by the iLink bot protocol.'),
  baseUrl: address.nullable().default(null).describe('Address of the iLink server. null: the official one.'),
  cdnBaseUrl: address.nullable().default(null).describe('Address of the media server. null: the official one.'),
  credentials: secretReferenceSchema.optional().describe('Absent: what `threadbridge login KEY` stored.'),
  pictures: z
    .enum(['auto', 'off'])
    .default('auto')
    .describe('Whether diffs, wide code and tables are sent as pictures. auto: where the renderer is installed.'),
});

const feishuSchema = z.strictObject({
  type: z.literal('feishu').describe('Feishu or Lark, by an app of the tenant.'),
  tenant: z
    .enum(['feishu', 'lark'])
    .optional()
    .describe('Which of the two platforms the app lives on. Absent: what the login found, else feishu.'),
  domain: address.nullable().default(null).describe("Address of the platform. null: the tenant's official one."),
  appId: z
    .string()
    .regex(/^cli_\w+$/, { error: 'an app id, `cli_` and letters and digits' })
    .optional()
    .describe('Id of the app, `cli_…`. Absent: that of the login.'),
  appSecret: secretReferenceSchema.optional().describe('Absent: what `threadbridge login KEY` stored.'),
  replyMode: z.enum(['card', 'markdown', 'text']).default('card').describe('How answers are shown.'),
  cli: z
    .strictObject({
      identity: z
        .enum(['disabled', 'bot-only', 'user-default'])
        .default('bot-only')
        .describe(
          "As whom the Feishu command line acts inside the owner's own runs: nobody, the bot, or the user who logged in there.",
        ),
      configDir: absolutePath.nullable().default(null).describe('Its profile directory, absolute. null: one under the profile.'),
    })
    .prefault({})
    .describe('The Feishu command line inside runs.'),
});

/** One chat account. */
export const channelSchema = z.discriminatedUnion('type', [ilinkSchema, feishuSchema]);

export type ChannelSettings = z.output<typeof channelSchema>;
export type ChannelType = ChannelSettings['type'];
/** What the configuration says of a channel of one type. */
export type ChannelSettingsOf<Type extends ChannelType> = Extract<ChannelSettings, { readonly type: Type }>;
