import { isAbsolute } from 'node:path';
import * as z from 'zod';
import { secretReferenceSchema } from './schema-secret.ts';

const absolutePath = z.string().refine((path) => isAbsolute(path), { error: 'an absolute path' });

const authSchema = z
  .discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('inherit-user').describe("The person's own Codex login. Goes with the home `inherit`.") }),
    z.strictObject({
      mode: z.literal('codex-home').describe('The login that was made in this home. Goes with the home `isolated` or a path.'),
    }),
    z.strictObject({
      mode: z
        .literal('api-key')
        .describe(
          'An OpenAI API key. Goes with the home `isolated` or a path. This version cannot log in with one yet and refuses it at the start.',
        ),
      apiKey: secretReferenceSchema,
    }),
  ])
  .describe('How Codex is logged in. Default: `inherit-user` with the home `inherit`, otherwise `codex-home`.');

/** How runs reach Codex. */
export const codexSchema = z
  .strictObject({
    backend: z
      .enum(['app-server', 'sdk'])
      .default('app-server')
      .describe('`app-server` is the whole of Codex. This version cannot run `sdk` yet and refuses it at the start.'),
    bin: absolutePath
      .nullable()
      .default(null)
      .describe('Absolute path of the codex program. null: the pinned one that came with the package.'),
    transport: z
      .enum(['socket', 'stdio'])
      .nullable()
      .default(null)
      .describe(
        'How the gateway talks to Codex. `stdio`: a child that ends with the gateway. `socket` outlives a restart; this version cannot run it yet and refuses it at the start. null: what this version runs, which is `stdio`.',
      ),
    socket: absolutePath
      .nullable()
      .default(null)
      .describe('A socket on which a Codex app-server listens already. This version cannot join one yet; null.'),
    home: z
      .string()
      .refine((home) => home === 'inherit' || home === 'isolated' || isAbsolute(home), {
        error: '"inherit", "isolated" or an absolute path',
      })
      .default('inherit')
      .describe(
        "Where Codex keeps login, threads and rules. `inherit`: the person's own home, so their threads are there. `isolated`: a home of this profile. Or an absolute path.",
      ),
    auth: authSchema.optional(),
    model: z.string().min(1).nullable().default(null).describe("The model of runs. null: Codex's own choice."),
    effort: z.string().min(1).nullable().default(null).describe("The reasoning effort of runs. null: Codex's own choice."),
    config: z
      .record(z.string(), z.json())
      .default({})
      .describe(
        'Handed to Codex as configuration overrides, on its command line, which other users of the computer can read: no secrets.',
      ),
    env: z
      .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'the name of an environment variable' }))
      .default([])
      .describe('Names of environment variables that Codex may see, beyond the built-in list.'),
  })
  .check((context) => {
    const { home, auth } = context.value;
    if (auth === undefined || (home === 'inherit') === (auth.mode === 'inherit-user')) return;
    context.issues.push({
      code: 'custom',
      path: ['auth', 'mode'],
      input: auth.mode,
      message:
        home === 'inherit'
          ? `"inherit-user" with codex.home "inherit", or a home of its own for this login: set codex.home to "isolated" or an absolute path`
          : `"codex-home" or "api-key" with this codex.home, or set codex.home to "inherit"`,
    });
  })
  .transform((codex) => ({
    ...codex,
    auth: codex.auth ?? (codex.home === 'inherit' ? { mode: 'inherit-user' as const } : { mode: 'codex-home' as const }),
  }));
