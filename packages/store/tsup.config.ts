import { preset } from '@threadbridge/build';

/**
 * drizzle-orm is built in: Node 22 and newer parse a package's manifest anew for each of its modules, and drizzle's has 180 kB, so that
 * importing it took a second and 150 MB.
 */
export default preset({ index: 'src/index.ts', 'memory/index': 'src/memory/index.ts' }, { noExternal: [/^drizzle-orm/] });
