import { fileURLToPath } from 'node:url';

/** The shipped migrations. This file stays in `src`, one step below the package, as its bundle in `dist` is. */
export const migrationsFolder = fileURLToPath(new URL('../drizzle', import.meta.url));
