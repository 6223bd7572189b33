import type { FirstRunStep } from './step.ts';
import { chooseChat } from './steps/choose-chat.ts';
import { chooseWorkspace } from './steps/choose-workspace.ts';
import { findCodex } from './steps/find-codex.ts';
import { logInAccounts } from './steps/log-in-accounts.ts';
import { logInCodex } from './steps/log-in-codex.ts';

/** The steps of a first run, in their order. A new one is one file and one line here. */
export const firstRunSteps: readonly FirstRunStep[] = [findCodex, logInCodex, chooseWorkspace, chooseChat, logInAccounts];
