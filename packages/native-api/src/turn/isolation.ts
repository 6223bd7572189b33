import type { JsonObject } from '@threadbridge/contract';

const off = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, false]));

/**
 * Codex configuration of every thread of this API: none of Codex's own tools, instructions for coding or project files, where they can be
 * switched off (0.169). A patch tool and a question to the user stay declared; the first is refused by the read-only sandbox, the other
 * is unavailable outside of plan mode.
 */
export const isolation: JsonObject = {
  features: off(
    ...['shell_tool', 'unified_exec', 'goals', 'view_image', 'sleep_tool', 'multi_agent', 'tool_suggest', 'image_generation'],
    ...['hooks', 'browser_use', 'computer_use', 'memories', 'skill_search', 'plugins', 'apps'],
  ),
  agents: { enabled: false },
  web_search: 'disabled',
  tools: { update_plan: { enabled: false } },
  skills: { include_instructions: false, bundled: { enabled: false } },
  project_doc_max_bytes: 0,
  include_permissions_instructions: false,
  include_environment_context: false,
  include_collaboration_mode_instructions: false,
  include_apps_instructions: false,
};
