import { readFile } from 'node:fs/promises';
import { preset } from '@threadbridge/build';

/** The SDK's file was written for either kind of module. */
const commonJs = [
  "import { createRequire } from 'node:module';",
  'const require = createRequire(import.meta.url);',
  'const __dirname = import.meta.dirname;',
];

const emptyMap = Buffer.from('{"version":3,"sources":[""],"sourcesContent":[""],"mappings":"AAAA"}').toString('base64');

/**
 * The used parts of the SDK are built in: it is one file of 6 MB, which Node keeps in memory as it stands. The libraries it uses stay
 * dependencies, but for pieces of lodash.
 */
export default preset(
  { index: 'src/index.ts' },
  {
    noExternal: ['@larksuiteoapi/node-sdk'],
    banner: { js: commonJs.join('\n') },
    esbuildPlugins: [
      {
        // The whole SDK would be in the source map, parts that are not used included.
        name: 'own-sources-in-maps',
        setup: (build) =>
          build.onLoad({ filter: /[\\/]node_modules[\\/].+\.[cm]?js$/ }, async ({ path }) => ({
            contents: `${await readFile(path, 'utf8')}\n//# sourceMappingURL=data:application/json;base64,${emptyMap}`,
            loader: 'js',
          })),
      },
    ],
    esbuildOptions(options) {
      options.mainFields = ['module', 'main'];
    },
  },
);
