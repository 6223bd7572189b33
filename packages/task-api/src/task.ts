import { z } from '@hono/zod-openapi';

const id = z.string().describe('Id of the task.');
const epochMs = (what: string) => z.int().describe(`${what}, epoch ms.`);

/** How a task stands. `waiting`: it asks something that only a person may answer. */
export const taskStatuses = ['queued', 'running', 'waiting', 'completed', 'failed', 'interrupted'] as const;
/** How far a task is. */
export type TaskStatus = (typeof taskStatuses)[number];

/** What a program may ask for. Full access and runs that ask nobody are not on the list. */
export const taskWishSchema = z
  .strictObject({
    prompt: z.string().min(1).max(1_000_000).describe('What Codex is asked to do.'),
    cwd: z
      .string()
      .min(1)
      .max(4_096)
      .optional()
      .describe(
        "Absolute path of the working directory. Default: the profile's workspace. It is checked by the rules of workspaces.",
      ),
    model: z.string().min(1).max(128).optional().describe("Default: the profile's."),
    sandbox: z
      .enum(['read-only', 'workspace-write'])
      .default('read-only')
      .describe('What Codex may touch without asking. Never more than the profile allows.'),
    approvals: z
      .enum(['untrusted', 'on-request'])
      .default('untrusted')
      .describe('When Codex asks a person: for everything but harmless reading, or where the sandbox is not enough.'),
    notify: z
      .array(z.string().min(1).max(256))
      .max(8)
      .default([])
      .describe(
        'Who is told of questions and of the end: local (the log of the task), CHANNEL or CHANNEL:USER of the private chat of an owner, webhook:NAME of the configuration (the end alone).',
      ),
    dryRun: z.boolean().default(false).describe('Check everything and say what would be done, without doing it.'),
  })
  .openapi('TaskWish');

/** What a program asks for, defaults filled in. */
export type TaskWish = z.output<typeof taskWishSchema>;
/** What a program asks for, as it writes it. */
export type TaskWishInput = z.input<typeof taskWishSchema>;

/** Words for the running turn. */
export const steerTextSchema = z.string().min(1).max(100_000);

/** Which request is answered. */
export const requestNameSchema = z.string().min(1).max(256).describe('Id or code of the request.');

/** Names a wish. */
export const wishKeySchema = z.string().min(1).max(256).optional().describe('The same wish under the same key is the same task.');

export const answerSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('decision'),
      decision: z.enum(['accept', 'acceptForSession', 'acceptAlways', 'decline']),
    }),
    z.strictObject({
      type: z.literal('answers'),
      answers: z
        .array(z.string())
        .min(1)
        .describe('One for each question, in order; a form is answered by one text with a JSON object.'),
    }),
  ])
  .openapi('TaskAnswer');

/** An answer to a request of a task. */
export type TaskAnswer = z.output<typeof answerSchema>;

export const requestSchema = z
  .object({
    id: z.string().describe('Id of the request.'),
    code: z.string().describe('What a person types in a chat: `/approve CODE`.'),
    kind: z.string().describe('command, fileChange, permissions, userInput, elicitation or toolCall.'),
    offered: z.array(z.string()).describe('The decisions that may be taken; empty: it wants answers.'),
    askedAt: epochMs('When it was asked'),
    detail: z.record(z.string(), z.unknown()).describe('The request itself: the command, the diff, the questions.'),
  })
  .openapi('TaskRequest');

export const eventSchema = z
  .object({
    seq: z.int().describe('Grows from event to event; the next reading goes on behind it.'),
    at: epochMs('When'),
    type: z.string().describe('task.asked, run.started, step, request, message, run.ended or notice.'),
    detail: z.record(z.string(), z.unknown()),
  })
  .openapi('TaskEvent');

/** Something that happened in a task. */
export type TaskEvent = z.output<typeof eventSchema>;

export const noticeSchema = z
  .object({
    id: z.string().describe('The delivery id; the same for every try.'),
    target: z.string(),
    state: z.enum(['pending', 'delivered', 'failed', 'handed-over']).describe('handed-over: the gateway says it in that chat.'),
    attempts: z.int(),
    problem: z.string().optional(),
  })
  .openapi('TaskNotice');

export const taskSchema = z
  .object({
    id,
    status: z.enum(taskStatuses),
    prompt: z.string(),
    cwd: z.string().optional(),
    model: z.string().optional(),
    sandbox: z.enum(['read-only', 'workspace-write']),
    approvals: z.enum(['untrusted', 'on-request']),
    notify: z.array(z.string()),
    createdAt: epochMs('When it was asked for'),
    updatedAt: epochMs('When something last happened'),
    endedAt: epochMs('When it ended').optional(),
    thread: z.string().optional().describe('The Codex thread, once there is one.'),
    text: z.string().describe('The answer, as far as there is one.'),
    note: z.string().optional().describe('A word about how it ended.'),
    requests: z.array(requestSchema).describe('What waits for a person.'),
    notices: z.array(noticeSchema),
    events: z.array(eventSchema).describe('The latest, in order.'),
  })
  .openapi('Task');

/** A task with its latest events. */
export type Task = z.output<typeof taskSchema>;
/** A question of a task that waits for a person. */
export type TaskRequest = z.output<typeof requestSchema>;
/** A completion notice and what became of it. */
export type TaskNotice = z.output<typeof noticeSchema>;

export const taskPageSchema = z
  .object({
    tasks: z.array(taskSchema.omit({ events: true })),
    before: z.string().optional().describe('Where the list goes on; absent at its end.'),
  })
  .openapi('TaskPage');

/** Some tasks, newest first. */
export type TaskPage = z.output<typeof taskPageSchema>;

export const taskNewsSchema = z.object({ status: z.enum(taskStatuses), events: z.array(eventSchema) }).openapi('TaskNews');

/** What is new since an event. */
export type TaskNews = z.output<typeof taskNewsSchema>;
