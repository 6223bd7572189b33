import { asId, type JsonObject, type Runner } from '@threadbridge/contract';

/** Strict, as the model server wants it: every property required, no others. */
const schema: JsonObject = {
  type: 'object',
  properties: {
    verdict: { type: 'string', enum: ['good', 'bad'] },
    reasons: { type: 'array', items: { type: 'string' } },
  },
  required: ['verdict', 'reasons'],
  additionalProperties: false,
};

export interface Verdict {
  readonly verdict: 'good' | 'bad';
  readonly reasons: readonly string[];
}

/** Codex hands the schema to the model and does not check the answer against it: that is ours to do. */
export async function judge(runner: Runner, folder: string, question: string): Promise<Verdict> {
  const run = runner.start({
    prompt: question,
    workspace: asId(folder),
    sandbox: 'read-only',
    approvals: 'never',
    outputSchema: schema,
  });
  for await (const event of run.events) {
    if (event.type === 'turn.failed') throw new Error(event.error.message);
    if (event.type === 'turn.completed') return toVerdict(event.text);
  }
  throw new Error('The turn was stopped.');
}

function toVerdict(text: string): Verdict {
  const { verdict, reasons } = JSON.parse(text) as Partial<Verdict>;
  if (verdict !== 'good' && verdict !== 'bad') throw new Error('The answer holds no verdict.');
  if (!Array.isArray(reasons) || !reasons.every((reason) => typeof reason === 'string'))
    throw new Error('The answer holds no reasons.');
  return { verdict, reasons };
}
