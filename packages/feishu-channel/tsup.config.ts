import { preset } from '@threadbridge/build';

/** The SDK's file was written for either kind of module. */
const commonJs = [
  "import { createRequire } from 'node:module';",
  'const require = createRequire(import.meta.url);',
  'const __dirname = import.meta.dirname;',
];

/**
 * The used parts of the SDK are built in: it is one file of 6 MB, which Node keeps in memory as it stands. The libraries it uses stay
 * dependencies, but for pieces of lodash.
 */
export default preset(
  { index: 'src/index.ts' },
  {
    noExternal: ['@larksuiteoapi/node-sdk'],
    banner: { js: commonJs.join('\n') },
    esbuildOptions(options) {
      options.mainFields = ['module', 'main'];
    },
  },
);
