import * as z from 'zod';
import { absolutePath } from './schema-words.ts';

const text = (description: string) => z.string().min(1).describe(description);

/** Where a secret is kept; the secret itself is never written into the configuration. */
export const secretReferenceSchema = z
  .discriminatedUnion('source', [
    z.strictObject({
      source: z.literal('keystore'),
      id: text('Name of the entry in the key store.'),
    }),
    z.strictObject({ source: z.literal('env'), name: text('Name of an environment variable of the gateway.') }),
    z.strictObject({
      source: z.literal('file'),
      path: absolutePath.describe(
        'Absolute path of a file that only its owner can read (mode 0600). A newline at the end does not count.',
      ),
    }),
    z.strictObject({
      source: z.literal('exec'),
      command: z
        .array(z.string())
        .min(1)
        .describe(
          'Program (absolute path, or a name on PATH) and its arguments; what it prints is the secret. No shell is involved.',
        ),
    }),
  ])
  .meta({
    id: 'Secret',
    description:
      'A reference to a secret: an environment variable, a file, the output of a program, or an entry of the key store.',
  });

export type SecretReference = z.output<typeof secretReferenceSchema>;
