import { preset } from '@threadbridge/build';

export default preset({
  index: 'src/index.ts',
  'sdk/index': 'src/sdk/index.ts',
  'watch-server': 'src/process/watch-server.ts',
});
