import { texts } from '../texts/texts.ts';
import { Conversations } from './conversations.tsx';
import { Deliveries } from './deliveries.tsx';
import { Runs } from './runs.tsx';

/** What goes on, what waits, and what was said. */
export function ActivityPage() {
  return (
    <div class="page">
      <h1>{texts.value.nav.activity}</h1>
      <Runs />
      <Conversations />
      <Deliveries />
    </div>
  );
}
