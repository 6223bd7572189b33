export { type BudgetOptions, createBudget } from './budget.ts';
export { defaultBaseUrl, type IlinkCredentials } from './credentials.ts';
export { createIlinkChannel, type IlinkChannel, type IlinkChannelOptions } from './ilink-channel.ts';
export {
  createDeliveryLedger,
  type DeliveryLedger,
  type DeliveryLedgerOptions,
  type LedgerStatus,
  type LedgerStorage,
  type SayOptions,
} from './ledger/delivery-ledger.ts';
export { createFileStorage } from './ledger/file-storage.ts';
export type { Delivery, HeldReason } from './ledger/ledger-state.ts';
export { type IlinkLoginStep, type LoginOptions, login } from './login.ts';
