import { createHash } from 'node:crypto';
import type { AccountInfo, ModelInfo, RunAccount, RunModels } from '@threadbridge/contract';
import { isObject, list, maybe, seen, text, words } from '../convert/seen.ts';
import { toGatewayError } from '../errors.ts';
import type { AppServer } from './app-server.ts';
import { login } from './log-in.ts';
import type { Model, ReasoningEffortOption } from './protocol.gen.ts';
import { readLimits } from './read-limits.ts';

/** Who is logged in. App-server asks the backend for a ChatGPT login; out of reach is an error there, not "logged out". */
export function createAccount(use: () => Promise<AppServer>): RunAccount {
  return {
    limits: () => readLimits(use),
    login: (method, options) => login(use, method, options?.signal),
    async logout() {
      try {
        await (await use()).client.call('account/logout', undefined);
      } catch (error) {
        throw toGatewayError(error, 'log out');
      }
    },

    async read() {
      try {
        const server = await use();
        const { account, userId, requiresOpenaiAuth } = await server.client.call('account/read', {});
        return toAccountInfo(account, userId, requiresOpenaiAuth);
      } catch (error) {
        throw toGatewayError(error, 'say who is logged in');
      }
    },
  };
}

export function createModels(use: () => Promise<AppServer>): RunModels {
  return {
    async list() {
      try {
        const server = await use();
        const found: ModelInfo[] = [];
        for (let cursor: string | undefined; ; ) {
          const page = await server.client.call('model/list', maybe('cursor', cursor));
          found.push(...list(page.data).flatMap(toModelInfo));
          const next = text(page.nextCursor);
          if (next === undefined || next === cursor) return found;
          cursor = next;
        }
      } catch (error) {
        throw toGatewayError(error, 'list its models');
      }
    },
  };
}

/** There is no account id on the wire, so the id is a hash over all that tells one login from another. */
export function toAccountInfo(account: unknown, userId: unknown, requiresLogin: unknown): AccountInfo {
  const { type, email, planType, workspaceName } =
    seen<Record<'type' | 'email' | 'planType' | 'workspaceName', unknown>>(account);
  const login = isObject(account) ? 'ok' : requiresLogin === true ? 'missing' : 'notNeeded';
  const identity = JSON.stringify([login, text(type), text(email), text(workspaceName), text(userId)]);
  return {
    login,
    id: `acct_${createHash('sha256').update(identity).digest('hex').slice(0, 24)}`,
    ...maybe('plan', text(planType)),
  };
}

function toModelInfo(value: unknown): readonly ModelInfo[] {
  const model = seen<Model>(value);
  const id = text(model.model) ?? text(model.id);
  if (id === undefined || model.hidden === true) return [];
  return [
    {
      id,
      title: text(model.displayName) ?? id,
      efforts: list(model.supportedReasoningEfforts).map((option) => words(seen<ReasoningEffortOption>(option).reasoningEffort)),
      inputs: list(model.inputModalities).map(words),
      isDefault: model.isDefault === true,
    },
  ];
}
