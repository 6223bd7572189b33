import { preset } from '@threadbridge/build';

export default preset({
  index: 'src/index.ts',
  'sdk/index': 'src/sdk/index.ts',
  'compat/index': 'src/compat/index.ts',
  'watch-server': 'src/watch-server/index.ts',
});
