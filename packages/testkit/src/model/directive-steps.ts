import { type Directive, splitArgument, unescapeLines } from './directives.ts';
import { contextLengthExceeded, usageLimitReached } from './http-error.ts';
import { addFile, deleteFile, editFile } from './patch.ts';
import type { FailureStep, ModelStep, PlanStep } from './steps.ts';

/** Makes steps of one directive. `slow` is no entry: it changes the texts behind it, see `directive-rule.ts`. */
type ToSteps = (directive: Directive) => readonly ModelStep[];

const text = (value: string): ModelStep => ({ type: 'text', text: unescapeLines(value) });

/** Every word of the little language, with what it does. The README table names the same words; a test compares them. */
export const directiveSteps: Readonly<Record<string, ToSteps>> = {
  say: ({ argument }) => [text(argument)],
  think: ({ argument }) => [{ type: 'reasoning', text: unescapeLines(argument) }],
  run: ({ argument, isUrgent }) => [
    { type: 'command', command: argument, ...(isUrgent ? { escalate: `May I run this outside the sandbox: ${argument}` } : {}) },
  ],
  write: ({ argument }) => {
    const [path = '', content = ''] = splitArgument(argument, 2);
    return [addFile(path, unescapeLines(content))];
  },
  edit: ({ argument }) => {
    const [path = '', before = '', after = ''] = splitArgument(argument, 3);
    return [editFile(path, unescapeLines(before), unescapeLines(after))];
  },
  delete: ({ argument }) => [deleteFile(argument)],
  plan: ({ argument }) => [toPlan(argument)],
  ask: ({ argument }) => {
    const [question = '', ...options] = splitArgument(argument);
    return [
      {
        type: 'question',
        questions: [
          { id: 'choice', header: 'Question', question, options: options.map((label) => ({ label, description: label })) },
        ],
      },
    ];
  },
  tool: ({ argument }) => {
    const [name = '', input = ''] = splitArgument(argument, 2);
    const [last = '', ...spaces] = name.split('/').reverse();
    const namespace = spaces.reverse().join('/');
    return [{ type: 'tool', name: last, ...(namespace ? { namespace } : {}), arguments: toArguments(input) }];
  },
  gate: ({ argument }) => [{ type: 'gate', name: argument }],
  hold: ({ argument }) => {
    const [gate = '', before = '', after = ''] = splitArgument(argument, 3);
    return [{ type: 'text', text: [unescapeLines(before), { gate }, unescapeLines(after)] }];
  },
  pause: ({ argument }) => [{ type: 'pause', ms: toNumber(argument, 1000) }],
  fail: ({ argument }) => {
    const headers = [...argument.matchAll(/([a-z][\w-]*)=(\S+)/gi)].map(([, name = '', value = '']) => [name, value] as const);
    return [
      { type: 'httpError', status: toStatus(argument), ...toTimes(argument), headers: Object.fromEntries(headers) } as const,
    ];
  },
  limit: ({ argument }) => [usageLimitReached({ resetsAtS: toNumber(argument, 1893456000) })],
  overflow: () => [contextLengthExceeded()],
  incomplete: ({ argument }) => [{ type: 'incomplete', reason: argument || 'max_output_tokens' }],
  cut: ({ argument }) => [{ type: 'cut', ...toTimes(argument) }],
  end: ({ argument }) => [{ type: 'end', ...toTimes(argument) }],
  silence: ({ argument }) => [{ type: 'silence', ...toTimes(argument) }],
};

function toTimes(argument: string): Pick<FailureStep, 'times'> {
  const found = /(?:^|\s)x(\d+)(?:\s|$)/.exec(argument);
  return found ? { times: Number(found[1]) } : {};
}

function toStatus(argument: string): number {
  const status = Number.parseInt(argument, 10);
  return status >= 400 && status <= 599 ? status : 500;
}

function toNumber(argument: string, fallback: number): number {
  const value = Number.parseInt(argument, 10);
  return Number.isFinite(value) && value >= 0 ? value : fallback;
}

function toArguments(input: string): Readonly<Record<string, unknown>> {
  if (input === '') return {};
  try {
    const value: unknown = JSON.parse(input);
    return typeof value === 'object' && value !== null ? { ...value } : { value };
  } catch {
    return { text: input };
  }
}

/** `x done; > doing; later`: without marks the first step is the one in progress. */
function toPlan(argument: string): PlanStep {
  const parts = argument
    .split(/[;；]/)
    .map((part) => part.trim())
    .filter(Boolean);
  const isMarked = parts.some((part) => /^(x\s|>)/.test(part));
  return {
    type: 'plan',
    steps: parts.map((part, index) => ({
      step: part.replace(/^(x\s|>)\s*/, ''),
      status: /^x\s/.test(part) ? 'completed' : /^>/.test(part) || (!isMarked && index === 0) ? 'in_progress' : 'pending',
    })),
  };
}
