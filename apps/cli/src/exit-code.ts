export { exitCodes as exitCode } from '@threadbridge/gateway/exit-code';
