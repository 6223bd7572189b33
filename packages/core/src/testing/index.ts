export { type StorePlace, storeContract } from './store-contract.ts';
