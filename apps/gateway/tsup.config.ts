import { preset } from '@threadbridge/build';

// tsup leaves out dependencies and peers, and would take an optional dependency into the bundle.
export default preset(
  { index: 'src/index.ts', 'exit-code/index': 'src/exit-code/index.ts' },
  { external: ['@threadbridge/pictures'] },
);
