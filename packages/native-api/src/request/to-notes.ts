import { unsupported, wrongType, wrongValue } from '../api-error.ts';
import { isTaskClass, type TaskClass, taskClasses } from '../side-tasks.ts';
import { type Fields, isAbsent, member, optionalFields, optionalFlag, optionalNumber, optionalText } from './fields.ts';

/** The member of `metadata` that names what a helper request is for. */
export const taskClassKey = 'native_api.task_class';

/** Sixteen short texts, as OpenAI takes them. Throws 400. */
export function toMetadata(body: Fields): Readonly<Record<string, string>> {
  const metadata = optionalFields(body, 'metadata') ?? {};
  const entries = Object.entries(metadata);
  if (entries.length > 16) throw wrongValue('metadata', 'it may hold at most 16 entries.');
  for (const [key, value] of entries) {
    if (typeof value !== 'string') throw wrongType(`metadata.${key}`, 'a string');
    if (key.length > 64) throw wrongValue('metadata', 'keys may be at most 64 characters long.');
    if (value.length > 512) throw wrongValue(`metadata.${key}`, 'values may be at most 512 characters long.');
  }
  return Object.fromEntries(entries) as Readonly<Record<string, string>>;
}

export function toTaskClass(metadata: Readonly<Record<string, string>>): TaskClass | undefined {
  const name = Object.hasOwn(metadata, taskClassKey) ? metadata[taskClassKey] : undefined;
  if (name === undefined) return undefined;
  if (!isTaskClass(name)) throw wrongValue(`metadata.${taskClassKey}`, `supported are ${taskClasses.join(', ')}.`);
  return name;
}

/** The knobs of sampling, with the one value that Codex has for each. */
const sampling = { temperature: 1, top_p: 1, presence_penalty: 0, frequency_penalty: 0 } as const;

/** Names of the sampling parameters that are dropped; without the operator's leave they are refused with 400. */
export function toDroppedSampling(body: Fields, isDropped: boolean): readonly string[] {
  return Object.entries(sampling).flatMap(([name, only]) => {
    const value = optionalNumber(body, name);
    if (value === undefined || value === only) return [];
    if (isDropped) return [name];
    throw unsupported(name, `Codex has no sampling controls; leave '${name}' out, or set it to ${only}.`);
  });
}

/** Hints have no effect here; one of another type is a mistake all the same. */
export function checkHints(body: Fields): void {
  for (const name of ['user', 'safety_identifier', 'prompt_cache_key', 'prompt_cache_retention', 'service_tier'])
    optionalText(body, name);
  optionalNumber(body, 'seed');
  optionalFlag(body, 'store');
  optionalFields(body, 'client_metadata');
}

/** Refuses a parameter that is there with another value than those that mean nothing. */
export function refuseUnless(body: Fields, name: string, harmless: readonly unknown[], message: string, code?: string): void {
  const value = member(body, name);
  if (isAbsent(value) || harmless.includes(value)) return;
  throw unsupported(name, message, code);
}
