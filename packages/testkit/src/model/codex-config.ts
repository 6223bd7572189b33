/** A value of Codex's configuration. */
export type ConfigValue = string | number | boolean | { readonly [key: string]: ConfigValue };

/** Codex configuration as nested keys, as `thread/start.config` takes it. */
export type CodexConfig = Readonly<Record<string, ConfigValue>>;

export interface CodexConfigOptions {
  /**
   * Model name sent by Codex. Default `gpt-5.5`: of the models known to Codex 0.169 the one with direct tools and a patch tool.
   * Newer ones call tools from scripts ("code mode"), which the scripted model speaks as well; names unknown to Codex
   * get no patch tool.
   */
  readonly model?: string;
  /** How often Codex repeats a refused request. Default 1. */
  readonly requestMaxRetries?: number;
  /** How often Codex repeats a broken stream. Default 1. */
  readonly streamMaxRetries?: number;
  /** Silence after which Codex gives a stream up. Default 300,000, as in Codex. */
  readonly streamIdleTimeoutMs?: number;
}

/**
 * Points Codex at a Responses server, without login, updates, analytics or plugins, so that it asks no other host.
 * Pass it as `-c` flags ({@link toConfigFlags}), as `config.toml`, or as `config` of `thread/start` and `thread/resume`.
 */
export function codexConfigFor(baseUrl: string, options: CodexConfigOptions = {}): CodexConfig {
  return {
    model: options.model ?? 'gpt-5.5',
    model_provider: 'scripted',
    model_providers: {
      scripted: {
        name: 'Scripted model',
        base_url: baseUrl,
        wire_api: 'responses',
        request_max_retries: options.requestMaxRetries ?? 1,
        stream_max_retries: options.streamMaxRetries ?? 1,
        stream_idle_timeout_ms: options.streamIdleTimeoutMs ?? 300_000,
      },
    },
    web_search: 'disabled',
    check_for_update_on_startup: false,
    analytics: { enabled: false },
    // With the last one on, Codex never gives up on a server that is gone.
    features: { plugins: false, apps: false, unbounded_connection_retries: false },
    tools: { update_plan: { enabled: true } },
  };
}

/** `-c key=value` arguments of the Codex command line for a configuration, one value each. */
export function toConfigFlags(config: CodexConfig): readonly string[] {
  return flatten(config).flatMap(([key, value]) => ['-c', `${key}=${JSON.stringify(value)}`]);
}

function flatten(config: CodexConfig, prefix = ''): readonly (readonly [string, string | number | boolean])[] {
  return Object.entries(config).flatMap(([key, value]) =>
    typeof value === 'object' ? flatten(value, `${prefix}${key}.`) : [[`${prefix}${key}`, value] as const],
  );
}
