import { asId } from '@threadbridge/contract';
import type { Alias } from '../decide/facts.ts';
import { owner } from './given.ts';

/** The owner's name for a thread in another workspace. */
export const codeAlias: Alias = {
  kind: 'alias',
  name: 'code',
  thread: asId('0199-code'),
  workspace: asId('/work/other'),
  title: 'Refactor',
  addedBy: owner.id,
  addedAt: 0,
};
