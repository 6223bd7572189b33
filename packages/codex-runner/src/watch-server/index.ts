// The program that ends an idle shared server: `node watch-server.js '{"path": …, "pid": …, "idleTimeoutMs": …}'`.
import { systemClock } from '@threadbridge/contract';
import { watchIdle } from '../process/watch-idle.ts';

const given = JSON.parse(process.argv[2] ?? '{}') as {
  readonly path: string;
  readonly pid: number;
  readonly idleTimeoutMs: number;
};
await watchIdle({ ...given, clock: systemClock });
