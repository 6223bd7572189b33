// Opens the store at the given path and comes to its end without closing it.
import { createSqliteStore } from '../../src/index.ts';

await createSqliteStore({ path: process.argv[2] ?? '' });
console.log('open');
