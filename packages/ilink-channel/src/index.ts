export { type BudgetOptions, createBudget } from './budget.ts';
export type { IlinkCredentials } from './credentials.ts';
export { createIlinkChannel, type IlinkChannel, type IlinkChannelOptions } from './ilink-channel.ts';
