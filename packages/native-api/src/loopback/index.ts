export { createGuard, type GuardOptions } from './guard.ts';
export { type Listening, type ListenOptions, listen } from './listen.ts';
