import { isAbsolute } from 'node:path';
import * as z from 'zod';
import { secretReferenceSchema } from './schema-secret.ts';
import { absolutePath } from './schema-words.ts';

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
          'An OpenAI API key, which is handed to Codex at every start and kept in its home. Goes with the home `isolated` or a path.',
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
      .describe(
        '`app-server` is the whole of Codex. `sdk` is @openai/codex-sdk, which has to be installed beside Threadbridge: no questions, no steering, no lists of threads.',
      ),
    bin: absolutePath
      .nullable()
      .default(null)
      .describe('Absolute path of the codex program. null: the pinned one that came with the package.'),
    transport: z
      .enum(['socket', 'stdio'])
      .nullable()
      .default(null)
      .describe(
        'How the gateway talks to Codex. `socket`: a server of the profile, whose turns outlive a restart of the gateway. `stdio`: a child that ends with the gateway. null: `socket` for `threadbridge start`, but not on Windows, which has none.',
      ),
    socket: absolutePath
      .nullable()
      .default(null)
      .describe(
        'A socket on which somebody else has a Codex app-server listen: it is joined, and neither started nor ended. null: one of the profile.',
      ),
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
    const { home, auth, backend, transport, socket } = context.value;
    if (socket !== null && (transport === 'stdio' || backend === 'sdk')) {
      context.issues.push({
        code: 'custom',
        path: ['socket'],
        input: socket,
        message: 'null with this codex.transport and codex.backend, or the transport "socket" and the backend "app-server"',
      });
    }
    if (auth?.mode === 'api-key' && socket !== null) {
      context.issues.push({
        code: 'custom',
        path: ['auth', 'mode'],
        input: auth.mode,
        message: '"codex-home" or "inherit-user" with a codex.socket, since whoever runs that server has logged it in',
      });
    }
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
