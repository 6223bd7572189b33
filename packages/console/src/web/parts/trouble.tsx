import type { Resource } from '../state/resource.ts';
import { texts } from '../texts/texts.ts';

/** Why something could not be read, with the way to try again. Nothing where all is well. */
export function Trouble({ of }: { readonly of: Pick<Resource<unknown>, 'problem' | 'reload'> }) {
  if (of.problem === undefined) return null;
  return (
    <div class="trouble" role="alert">
      <span>{of.problem || texts.value.failed}</span>
      <button type="button" class="quiet" onClick={of.reload}>
        {texts.value.retry}
      </button>
    </div>
  );
}
