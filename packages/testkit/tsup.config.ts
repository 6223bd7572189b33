import { preset } from '@threadbridge/build';

export default preset({
  index: 'src/index.ts',
  'model/index': 'src/model/index.ts',
  'ilink/index': 'src/ilink/index.ts',
  'feishu/index': 'src/feishu/index.ts',
  'app-server/index': 'src/app-server/index.ts',
  'cli/main': 'src/cli/main.ts',
});
