import type { JsonObject } from '@threadbridge/contract';

/** What every answer says about itself under `native_api`, beside what OpenAI's has. Holds no secret, path or name of a person. */
export interface Envelope {
  readonly routePath: string;
  readonly profile: string;
  readonly account?: string | undefined;
  readonly plan?: string | undefined;
  readonly provider?: string | undefined;
  readonly mapping?: JsonObject;
  readonly previous?: string | undefined;
  readonly isContinuable?: boolean;
  readonly taskClass?: string | undefined;
  readonly ignored?: readonly string[];
}

export function toEnvelope(envelope: Envelope): JsonObject {
  const { routePath, profile, account, plan, provider, mapping, previous, isContinuable, taskClass, ignored } = envelope;
  return {
    route_path: routePath,
    localhost_only: true,
    request_target: {
      profile,
      kind: 'codex_app_server',
      account_id: account ?? null,
      plan: plan ?? null,
      model_provider: provider ?? null,
    },
    ...(mapping && { response_mapping: mapping }),
    ...(isContinuable && {
      continuation: previous === undefined ? { resumed: false } : { resumed: true, previous_response_id: previous },
    }),
    ...(taskClass !== undefined && { task_class: taskClass }),
    ...(ignored !== undefined && { ignored_parameters: ignored }),
  };
}
