import { preset } from '@threadbridge/build';

export default preset({ index: 'src/index.ts' });
