export { createManualClock, type ManualClock, settled } from './manual-clock.ts';
