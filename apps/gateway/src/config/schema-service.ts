import * as z from 'zod';
import { secretReferenceSchema } from './schema-secret.ts';
import { named, port } from './schema-words.ts';

const nativeApiSchema = z.strictObject({
  enabled: z.boolean().default(true).describe('Whether the gateway serves it. `threadbridge native-api serve` does in any case.'),
  host: z.string().min(1).default('127.0.0.1').describe('Address to listen on.'),
  port: port.default(8765).describe('0 takes a free one.'),
  token: secretReferenceSchema.optional().describe('Absent: one is made and stored.'),
  defaultModel: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe("The model of calls that name none. null: Codex's own choice."),
});

const consoleSchema = z.strictObject({
  enabled: z.boolean().default(true).describe('Whether the gateway serves it.'),
  port: port.default(8766).describe('On 127.0.0.1. 0 takes a free one.'),
  token: secretReferenceSchema.optional().describe('Absent: one is made and stored.'),
});

const taskApiSchema = z.strictObject({
  enabled: z.boolean().default(true).describe('Whether the gateway serves it, at the port of the console.'),
  mayApprove: z.boolean().default(false).describe('Whether programs may answer the questions of their own tasks.'),
  webhooks: z
    .record(
      named(/^[A-Za-z][\w-]{0,31}$/, 'a name of at most 32 letters, digits, - and _'),
      z.strictObject({
        url: z.url({ protocol: /^https?$/ }).describe('Where it is told, by POST.'),
        secret: secretReferenceSchema.describe('Key of the signature.'),
      }),
    )
    .default({})
    .describe('Who may be told of the end of a task, as webhook:NAME.'),
});

const healthSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe(
      'Whether the port of the console is opened for these alone. Where the console or tasks are served there, so are they.',
    ),
});

/** What a profile says of each of its services. */
export const serviceSchemas = {
  nativeApi: nativeApiSchema.prefault({}).describe('The OpenAI-compatible address on this computer.'),
  console: consoleSchema.prefault({}).describe('The web page on this computer.'),
  taskApi: taskApiSchema.prefault({}).describe('Tasks for other agents and programs.'),
  health: healthSchema.prefault({}).describe('/healthz, /readyz and /metrics.'),
};

/** The profile's sections that are optional services. */
export type ServiceName = keyof typeof serviceSchemas;
