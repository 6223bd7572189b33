import { isObject, stringField } from './json.ts';
import { parseJson } from './read-body.ts';

/** What a tool output says, as far as a script can tell. */
export interface ToolReport {
  /** `answered`: the tool said something, and it is not known whether that is good or bad. */
  readonly outcome: 'done' | 'failed' | 'refused' | 'running' | 'answered';
  /** What the command printed or the tool said, without Codex's own lines; trimmed and shortened. */
  readonly detail: string;
}

const longestDetail = 600;

/** The lines Codex 0.169 puts before an output; a patch written as a command has them twice. */
const preamble =
  /^(?:(?:Chunk ID|Wall time|Process exited|Process running|Exit code|Original token count|Script (?:completed|failed|running))[^\n]*\n)+Output:\n+/;

/** Reads a tool output in the forms Codex 0.169 gives it: of direct tools, of patches, and of scripts in code mode. */
export function readToolReport(output: string): ToolReport {
  const heads: string[] = [];
  let said = output;
  for (let head = preamble.exec(said); head; head = preamble.exec(said)) {
    heads.push(head[0]);
    said = said.slice(head[0].length);
  }
  const head = heads.join('');
  const result = parseJson(said);
  const isResult = isObject(result) && (Object.keys(result).length === 0 || 'exit_code' in result || 'session_id' in result);
  const printed = isResult ? stringField(result, 'output') : said;
  const exitCode = isResult && typeof result.exit_code === 'number' ? String(result.exit_code) : lastExitCode(head);
  return { outcome: readOutcome(head, printed, exitCode, isResult ? result : undefined), detail: shorten(printed.trim()) };
}

function lastExitCode(head: string): string | undefined {
  return [...head.matchAll(/(?:exited with code|Exit code:)\s*(-?\d+)/g)].at(-1)?.[1];
}

function readOutcome(head: string, printed: string, exitCode: string | undefined, result?: object): ToolReport['outcome'] {
  if (exitCode !== undefined) return exitCode === '0' ? 'done' : 'failed';
  if (/rejected by user|approval policy is|approval request failed|rejected by/i.test(printed)) return 'refused';
  if (/^(Process|Script) running/m.test(head) || (result && 'session_id' in result)) return 'running';
  if (/^Script failed/m.test(head) || /^(error|failed|apply_patch verification failed)/i.test(printed)) return 'failed';
  if (/^Script completed/m.test(head) && result) return 'done';
  return 'answered';
}

function shorten(text: string): string {
  const characters = Array.from(text);
  return characters.length <= longestDetail ? text : `${characters.slice(0, longestDetail).join('')} …`;
}
