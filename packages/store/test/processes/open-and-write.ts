// Opens the store at the given path, then takes in one fact per line on stdin and answers with `ok` or the error code. Ends with stdin.
import { createInterface } from 'node:readline';
import { isGatewayError } from '@threadbridge/contract';
import { createSqliteStore } from '../../src/index.ts';
import { causes } from '../causes.ts';

const store = await createSqliteStore({ path: process.argv[2] ?? '', holder: 'the child' });
console.log('open');
let n = 0;
for await (const _ of createInterface({ input: process.stdin })) {
  n += 1;
  const answer = await store.accept({ inputs: [causes(n).input] }).then(
    () => 'ok',
    (error: unknown) => (isGatewayError(error) ? error.code : String(error)),
  );
  console.log(answer);
}
await store[Symbol.asyncDispose]();
