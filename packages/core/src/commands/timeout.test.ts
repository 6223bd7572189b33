import { describe, expect, it } from 'vitest';
import { givenScope, message, resolved } from '../testing/given.ts';

const given = givenScope();

describe('/timeout', () => {
  it('bounds the runs that begin here from then on', () => {
    const first = given
      .idle()
      .when(message('/timeout 30m'))
      .leadsTo({ says: [/end after 30m, or after 10m without a sign of life/] });
    expect(first.decision.audit.at(-1)).toMatchObject({ kind: 'config', outcome: 'timeout changed', detail: { ms: 1_800_000 } });
    const set = first.when(message('/timeout idle 90s')).leadsTo({ says: [/30m, or after 90s/] });
    const run = givenScope()
      .idle({ ...set.decision.state, ...given.preparing('go').state, limits: set.decision.state.limits ?? {} })
      .when(resolved());
    expect(run.decision.effects[0]).toMatchObject({ type: 'run.start', wallTimeoutMs: 1_800_000, idleTimeoutMs: 90_000 });
    set.when(message('/status')).leadsTo({ says: [/30m, or after 90s/] });
    set.when(message('/timeout off')).leadsTo({ says: [/after 2h, or after 90s/] });
  });

  it('never goes beyond the profile, also where the profile changed since', () => {
    given
      .idle()
      .when(message('/timeout 3h'))
      .leadsTo({ says: [/At most 2h/] });
    given
      .idle()
      .when(message('/timeout idle 11m'))
      .leadsTo({ says: [/At most 10m/] });
    given
      .idle({ limits: { wallTimeoutMs: 99_999_999_999 } })
      .when(message('/timeout'))
      .leadsTo({ says: [/after 2h/] });
  });

  it.each(['0m', 'soon', '-5m', '5', 'idle', '99999999h'])('does not guess what %j means', (text) => {
    given
      .idle()
      .when(message(`/timeout ${text}`))
      .leadsTo({ says: [/Usage/] });
  });
});
