import {
  type Actor,
  type ApprovalDecision,
  type ApprovalId,
  asId,
  type EventId,
  type JsonObject,
  type MessageId,
  type Scope,
} from '@threadbridge/contract';
import type { Input, InputOf } from '../../../decide/input.ts';
import type { Action } from '../../../policy/action.ts';
import { mintToken, type TokenOptions } from '../../../policy/action-token.ts';
import { planRun } from '../../../policy/plan-run.ts';
import { at, firstRun, owner, privateScope, testRules, workspace } from '../profile.ts';
import { head } from './head.ts';

/** Somebody wrote. The owner, in private, unless said otherwise. */
export function message(
  text: string,
  change: {
    readonly by?: Actor;
    readonly at?: number;
    readonly scope?: Scope;
    readonly isAddressed?: boolean;
    readonly attachments?: InputOf<'message.received'>['event']['attachments'];
  } = {},
): Input {
  const scope = change.scope ?? privateScope;
  const event: InputOf<'message.received'>['event'] = {
    ...{
      type: 'message.received',
      id: asId<EventId>(`e-${text}`),
      message: asId<MessageId>(`m-${text}`),
      scope,
      actor: change.by ?? owner,
      text,
    },
    ...{
      attachments: change.attachments ?? [],
      isAddressed: change.isAddressed ?? true,
      reply: { to: text },
      at: change.at ?? at,
    },
  };
  return { ...head(change.at), scope, type: 'message.received', event };
}

/** A message was taken back. `null`: the platform does not tell who. */
export function recalled(text: string, by: Actor | null = owner): Input {
  const event: InputOf<'message.recalled'>['event'] = {
    ...{
      type: 'message.recalled',
      id: asId<EventId>(`r-${text}`),
      scope: privateScope,
      ...(by && { actor: by }),
      reply: null,
      at,
    },
    message: asId<MessageId>(`m-${text}`),
  };
  return { ...head(), type: 'message.recalled', event };
}

/** A button of an approval of the first run, pressed. */
export function action(
  approval: string,
  decision: ApprovalDecision,
  change: { readonly by?: Actor; readonly token?: string } = {},
): Input {
  const wanted: Action = { type: 'approval', approval: asId<ApprovalId>(approval), decision };
  const { fingerprint } = planRun(privateScope, [owner.id], workspace, testRules);
  return pressed(change.token ?? tokenFor(wanted, { run: { run: firstRun, fingerprint } }), change);
}

/** A token as the tests' rules make it: for the private chat, for anyone, for a minute. */
export function tokenFor(wanted: Action, change: Partial<TokenOptions> & { readonly key?: string } = {}): string {
  const { key = testRules.tokenKey, ...options } = change;
  return mintToken(key, { scope: privateScope, until: at + 60_000, cause: 'a test', action: wanted, ...options });
}

/** Whatever carries the token, pressed. */
export function pressed(
  token: string,
  change: { readonly by?: Actor; readonly scope?: Scope; readonly values?: JsonObject; readonly at?: number } = {},
): Input {
  const scope = change.scope ?? privateScope;
  const { id, at: moment } = head(change.at);
  const event: InputOf<'action.invoked'>['event'] = {
    ...{ type: 'action.invoked', id: asId<EventId>(`a-${id}`), scope, actor: change.by ?? owner, reply: { click: id } },
    ...{ at: moment, token, ...(change.values && { values: change.values }) },
  };
  return { id, scope, at: moment, type: 'action.invoked', event };
}
