import { preset } from '@threadbridge/build';

export default preset({ index: 'src/index.ts', 'testing/index': 'src/testing/index.ts' }, { external: ['vitest'] });
