import {
  type Approval,
  type ApprovalDecision,
  type ApprovalId,
  asId,
  type FileChange,
  type ItemId,
  type UserQuestion,
} from '@threadbridge/contract';
import type {
  CommandExecutionApprovalDecision,
  NetworkApprovalContext,
  NetworkPolicyAmendment,
  ServerRequests,
  ToolRequestUserInputQuestion,
} from '../app-server/protocol.gen.ts';
import { isObject, json, jsonObject, list, maybe, seen, text, texts, words } from './seen.ts';
import { toCommandText } from './to-run-item.ts';

/** A request of Codex that waits for an answer, as it came. */
export interface Question {
  readonly method: string;
  readonly params: unknown;
}

/** What is asked, in our words; undefined for a method that is no question to a person. `changesOf` knows the diff of an item: a request about files holds none. */
export function toApproval(
  id: ApprovalId,
  question: Question,
  changesOf: (item: ItemId) => readonly FileChange[],
): Approval | undefined {
  const { params } = question;
  const method = question.method as keyof ServerRequests;
  switch (method) {
    case 'item/commandExecution/requestApproval': {
      const asked = seen<ServerRequests[typeof method]['params']>(params);
      const rule = standingRule(params);
      return {
        kind: 'command',
        id,
        ...about(asked),
        command: toCommandText(asked.command),
        offered: offeredForCommand(params),
        ...maybe('cwd', text(asked.cwd)),
        ...maybe('network', text(seen<NetworkApprovalContext>(asked.networkApprovalContext).host)),
        ...maybe('alwaysRule', rule?.words),
      };
    }
    case 'item/fileChange/requestApproval': {
      const asked = seen<ServerRequests[typeof method]['params']>(params);
      return {
        kind: 'fileChange',
        id,
        ...about(asked),
        changes: changesOf(asId(words(asked.itemId))),
        offered: ['accept', 'acceptForSession', 'decline', 'cancel'],
      };
    }
    case 'item/permissions/requestApproval': {
      const asked = seen<ServerRequests[typeof method]['params']>(params);
      return {
        kind: 'permissions',
        id,
        ...about(asked),
        permissions: jsonObject(asked.permissions),
        ...maybe('cwd', text(asked.cwd)),
        offered: ['accept', 'acceptForSession', 'decline'],
      };
    }
    case 'item/tool/requestUserInput': {
      const asked = seen<ServerRequests[typeof method]['params']>(params);
      return { kind: 'userInput', id, ...about(asked), questions: list(asked.questions).map(toQuestion), offered: ['decline'] };
    }
    case 'item/tool/call': {
      const asked = seen<ServerRequests[typeof method]['params']>(params);
      return {
        kind: 'toolCall',
        id,
        tool: words(asked.tool),
        arguments: json(asked.arguments),
        offered: ['decline'],
        ...maybe('item', text(asked.callId) as ItemId | undefined),
      };
    }
    case 'mcpServer/elicitation/request': {
      const asked = seen<ServerRequests[typeof method]['params']>(params);
      const schema = jsonObject(asked.requestedSchema);
      return {
        kind: 'elicitation',
        id,
        server: words(asked.serverName),
        message: text(asked.message) ?? words(asked.title),
        offered: offeredForElicitation(params),
        ...(hasFields(schema) && { schema }),
        ...maybe('reason', toolArguments(asked._meta)),
        ...maybe('url', text(asked.url)),
        ...maybe('alwaysRule', canPersist(params, 'always') ? `this tool of ${words(asked.serverName)}` : undefined),
      };
    }
    default:
      return undefined;
  }
}

/**
 * The permanent rule Codex proposes beside a command, and the decision that sets it. It holds for every thread of the Codex home, which is
 * why it is told in words.
 */
export function standingRule(
  params: unknown,
): { readonly words: string; readonly decision: CommandExecutionApprovalDecision } | undefined {
  const asked = seen<ServerRequests['item/commandExecution/requestApproval']['params']>(params);
  for (const offer of list(asked.availableDecisions)) {
    const { acceptWithExecpolicyAmendment: exec, applyNetworkPolicyAmendment: network } = seen<AmendmentFields>(offer);
    const prefix = texts(seen<{ execpolicy_amendment: unknown }>(exec).execpolicy_amendment);
    if (prefix.length > 0) {
      return {
        words: `every command that starts with: ${prefix.join(' ')}`,
        decision: { acceptWithExecpolicyAmendment: { execpolicy_amendment: [...prefix] } },
      };
    }
    const { host, action } = seen<NetworkPolicyAmendment>(
      seen<{ network_policy_amendment: unknown }>(network).network_policy_amendment,
    );
    if (typeof host === 'string' && action === 'allow') {
      return {
        words: `network access to ${host}`,
        decision: { applyNetworkPolicyAmendment: { network_policy_amendment: { host, action } } },
      };
    }
  }
  return undefined;
}

type AmendmentFields = Extract<CommandExecutionApprovalDecision, object>;

/** `accept` and `cancel` where the request names them (or names nothing at all); the session and `decline` always: Codex honours them unnamed. */
function offeredForCommand(params: unknown): readonly ApprovalDecision[] {
  const named = seen<ServerRequests['item/commandExecution/requestApproval']['params']>(params).availableDecisions;
  const isNamed = (decision: string) => !Array.isArray(named) || named.includes(decision);
  const offers: readonly (readonly [ApprovalDecision, boolean])[] = [
    ['accept', isNamed('accept')],
    ['acceptForSession', true],
    ['acceptAlways', standingRule(params) !== undefined],
    ['decline', true],
    ['cancel', isNamed('cancel')],
  ];
  return offers.filter(([, isOffered]) => isOffered).map(([decision]) => decision);
}

function offeredForElicitation(params: unknown): readonly ApprovalDecision[] {
  const schema = jsonObject(seen<ServerRequests['mcpServer/elicitation/request']['params']>(params).requestedSchema);
  return [
    // A form wants content; a bare yes is no answer to it.
    ...(hasFields(schema) ? [] : (['accept'] as const)),
    ...(canPersist(params, 'session') ? (['acceptForSession'] as const) : []),
    ...(canPersist(params, 'always') ? (['acceptAlways'] as const) : []),
    'decline',
    'cancel',
  ];
}

/** Codex asks for the use of an MCP tool as an elicitation and says in `_meta.persist` how long a yes may last. */
function canPersist(params: unknown, span: 'session' | 'always'): boolean {
  const meta = seen<ServerRequests['mcpServer/elicitation/request']['params']>(params)._meta;
  return isObject(meta) && list(meta.persist).includes(span);
}

/** What the tool would be called with; the question itself names only the tool. */
function toolArguments(meta: unknown): string | undefined {
  const { tool_params: params } = seen<{ tool_params: unknown }>(meta);
  return isObject(params) && Object.keys(params).length > 0 ? `Arguments: ${JSON.stringify(params)}` : undefined;
}

function hasFields(schema: Readonly<Record<string, unknown>>): boolean {
  return isObject(schema.properties) && Object.keys(schema.properties).length > 0;
}

function about(asked: { readonly itemId?: unknown; readonly reason?: unknown }): {
  readonly item?: ItemId;
  readonly reason?: string;
} {
  return { ...maybe('item', text(asked.itemId) as ItemId | undefined), ...maybe('reason', text(asked.reason)) };
}

function toQuestion(value: unknown): UserQuestion {
  const question = seen<ToolRequestUserInputQuestion>(value);
  const options = list(question.options).map((option) => {
    const { label, description } = seen<{ label: string; description: string }>(option);
    return { label: words(label), description: words(description) };
  });
  return {
    id: words(question.id),
    header: words(question.header),
    question: words(question.question),
    isSecret: question.isSecret === true,
    allowsOther: question.isOther === true,
    ...(options.length > 0 && { options }),
  };
}
