import { isAbsolute } from 'node:path';
import * as z from 'zod';

export const absolutePath = z.string().refine((path) => isAbsolute(path), { error: 'an absolute path' });

/** Of a timer; below the longest pause that one can hold. */
export const milliseconds = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);

export const port = z.int().min(0).max(65_535);

/** A text of one form; `form` says which, to people. */
export const named = (pattern: RegExp, form: string) => z.string().regex(pattern, { error: form });
