// The program that ends an idle shared server: `node watch-server.js '{"path": …, "idleTimeoutMs": …}'`.
import { systemClock } from '@threadbridge/contract';
import { watchIdle } from '../process/watch-idle.ts';

const { path, idleTimeoutMs } = JSON.parse(process.argv[2] ?? '{}') as { path: string; idleTimeoutMs: number };
await watchIdle({ path, idleTimeoutMs, clock: systemClock });
