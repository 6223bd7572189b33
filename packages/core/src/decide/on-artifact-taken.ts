import type { JsonObject } from '@threadbridge/contract';
import { isShared, roleOf } from '../policy/roles.ts';
import { textsIn } from '../texts/texts.ts';
import type { AuditEntry } from './audit.ts';
import { type Decision, decision, say } from './decision.ts';
import type { InputOf } from './input.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** A file was copied to be sent, or may not leave any more. Who asked and where is judged once more: nothing leaves but to an owner in private. */
export function onArtifactTaken(state: ScopeState, input: InputOf<'artifact.taken'>, rules: Rules): Decision {
  const { at, by, result } = input;
  const known = state.artifacts?.files.find(({ id }) => id === input.artifact);
  const name = known?.name ?? input.artifact;
  const mayLeave = !isShared(state.scope) && roleOf(by, rules)?.role === 'owner';
  const entry = (outcome: string, detail: JsonObject): { readonly audit: readonly AuditEntry[] } => ({
    audit: [{ at, kind: 'artifact', scope: state.scope.id, actor: by, outcome, detail: { name, ...detail } }],
  });
  const voice = { state, rules, at };
  const texts = textsIn(rules.language);
  if (!mayLeave)
    return decision(
      state,
      say(voice, texts.commandRole({ name: 'sendfile', role: 'owner' })),
      entry('refused', { reason: 'policy' }),
    );
  if (!result.isTaken) {
    const { reason } = result;
    return decision(state, say(voice, texts.fileBlocked({ name, reason })), entry('refused', { reason }));
  }
  const { sha256, sizeBytes, mediaType } = result.file;
  const sent = {
    type: 'deliver',
    message: { markdown: '', files: [result.file] },
    reply: state.reply,
    purpose: 'reply',
    at,
  } as const;
  return decision(state, [sent], entry('sent', { sha256, sizeBytes, mediaType }));
}
