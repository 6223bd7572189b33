import { GatewayError, type LoginStep } from '@threadbridge/contract';
import type { LoginProgress } from '@threadbridge/gateway';
import { describeStep } from '../accounts/describe-step.ts';
import { drawQr } from '../accounts/draw-qr.ts';
import { type Io, mayColour } from '../io.ts';
import type { Guide } from './guide.ts';

type Step = LoginProgress | LoginStep<null>;

/** Shows a login until it is done. Rejects with `channel.unauthorized` where it came to nothing. */
export function followLogin(
  begin: (signal: AbortSignal) => AsyncIterable<Step>,
  { guide, io }: { readonly guide: Guide; readonly io: Io },
): Promise<void> {
  return guide.wait(async (signal) => {
    for await (const step of begin(signal)) show(step, guide, io);
  });
}

function show(step: Step, guide: Guide, io: Io): void {
  const { firstRun } = io.texts;
  switch (step.type) {
    case 'qr': {
      const picture = drawQr(step.url, mayColour(io.environment));
      guide.tell(describeStep(step, io.texts));
      // The words above may scroll away; the code and the line below it must not.
      guide.show(`${picture}\n${firstRun.waiting}`);
      if (picture.split('\n').length + 2 > (io.stdout.rows || 24)) guide.tell(firstRun.tall, 'trouble');
      return;
    }
    case 'visit':
      guide.tell(describeStep(step, io.texts));
      guide.tell(firstRun.waiting);
      return;
    case 'failed':
      throw new GatewayError('channel.unauthorized', describeStep(step, io.texts), { certain: true });
    // Asked for, and seen by whoever looks at what became of it.
    case 'code.wanted':
    case 'complete':
    case 'already.bound':
      return;
    default:
      guide.tell(describeStep(step, io.texts));
  }
}
