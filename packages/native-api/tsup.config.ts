import { preset } from '@threadbridge/build';

export default preset({ index: 'src/index.ts', 'loopback/index': 'src/loopback/index.ts' });
