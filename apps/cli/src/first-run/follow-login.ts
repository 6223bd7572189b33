import { GatewayError, type LoginStep } from '@threadbridge/contract';
import type { LoginProgress } from '@threadbridge/gateway';
import { describeStep } from '../accounts/describe-step.ts';
import { createQrScreen, type QrScreen } from '../accounts/qr-screen.ts';
import { type Io, mayColour } from '../io.ts';
import type { Guide } from './guide.ts';

type Step = LoginProgress | LoginStep<null>;

/** Shows a login until it is done. Rejects with `channel.unauthorized` where it came to nothing. */
export function followLogin(
  begin: (signal: AbortSignal) => AsyncIterable<Step>,
  { guide, io }: { readonly guide: Guide; readonly io: Io },
): Promise<void> {
  const { accounts, firstRun } = io.texts;
  return guide.wait(async (signal) => {
    using codes = createQrScreen({
      stdout: io.stdout,
      hasColour: mayColour(io.environment),
      // The words above may scroll away; the code and the line below it must not.
      beside: { rows: 2, columns: 3 },
      draw: (picture) => guide.show(`${picture}\n${firstRun.waiting}`),
      miss(needed) {
        guide.tell(accounts.qrNeeds(needed), 'trouble');
        guide.tell(firstRun.waiting);
      },
    });
    for await (const step of begin(signal)) show(step, { guide, codes, io });
  });
}

function show(step: Step, { guide, codes, io }: { readonly guide: Guide; readonly codes: QrScreen; readonly io: Io }): void {
  const { firstRun } = io.texts;
  codes.forget();
  switch (step.type) {
    case 'qr':
      guide.tell(describeStep(step, io.texts));
      codes.show(step.url);
      return;
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
