import { describe, expect, it } from 'vitest';
import { givenScope, hostAnswered, message, owner } from '../testing/given.ts';

const given = givenScope();
const by = owner.id;

describe('what an admin asks of the program', () => {
  it.each([
    ['/doctor', { what: 'doctor', by }],
    ['/ps', { what: 'ps', by }],
    ['/reconnect', { what: 'reconnect', by }],
    ['/reconnect wechat', { what: 'reconnect', by, channel: 'wechat' }],
    ['/config reload', { what: 'reload', by }],
    ['/exit', { what: 'exit', by }],
  ] as const)('%s', (text, ask) => {
    const { decision } = given
      .idle()
      .when(message(text))
      .leadsTo({ asks: ['host.ask'] });
    expect(decision.effects[0]).toEqual({ type: 'host.ask', ask });
  });

  it('hears what came of it', () => {
    const findings = [{ name: 'wechat', state: 'fail', text: 'needs-login', remedy: 'Log in.' }] as const;
    given
      .idle()
      .when(hostAnswered({ what: 'doctor', by }, { type: 'findings', findings }))
      .leadsTo({ says: [/wechat: needs-login Log in\./] });
    const processes = [{ name: 'gateway default', pid: 7, startedAt: 0 }];
    given
      .idle()
      .when(hostAnswered({ what: 'ps', by }, { type: 'processes', processes }))
      .leadsTo({ says: [/gateway default, process 7/] });
    given
      .idle()
      .when(hostAnswered({ what: 'reload', by }, { type: 'done', names: [] }))
      .leadsTo({ says: [/same as before/] });
    given
      .idle()
      .when(hostAnswered({ what: 'exit', by }, { type: 'failed', message: 'No.' }))
      .leadsTo({ says: [/No\./] });
  });
});
