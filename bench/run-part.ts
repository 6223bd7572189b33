import { parts } from './parts.ts';

/** Started by `main.ts` with the name of a part; says the figures in one line on stdout. */
const figures = await parts[process.argv[2] ?? '']?.run();
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0));
