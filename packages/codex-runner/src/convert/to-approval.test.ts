import { type ApprovalId, asId } from '@threadbridge/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readQuestions } from '../../test/read-fixture.ts';
import { fromAnswer, safeReply } from './from-answer.ts';
import { toApproval } from './to-approval.ts';

const id = asId<ApprovalId>('7');
const first = (name: string) => {
  const [question] = readQuestions(name);
  if (question === undefined) throw new Error(`${name} asks nothing`);
  return question;
};
const approvalOf = (name: string) => toApproval(id, first(name), () => []);

describe('a question', () => {
  it('about a command shows the whole of it, not the part Codex would display', () => {
    expect(approvalOf('turn-command-approval')).toEqual({
      kind: 'command',
      id,
      item: expect.stringContaining('call_'),
      command: `echo "it's"; ls -a | wc -l`,
      cwd: '/work/project',
      reason: `May I run this outside the sandbox: echo "it's"; ls -a | wc -l`,
      offered: ['accept', 'acceptForSession', 'acceptAlways', 'decline', 'cancel'],
      alwaysRule: "every command that starts with: echo it's",
    });
  });

  it('offers only what the request names, the session and a no', () => {
    const question = {
      method: 'item/commandExecution/requestApproval',
      params: { command: 'x', availableDecisions: ['cancel'] },
    };
    expect(toApproval(id, question, () => [])?.offered).toEqual(['acceptForSession', 'decline', 'cancel']);
  });

  it('about the network names the host and the permanent rule', () => {
    const amendment = { applyNetworkPolicyAmendment: { network_policy_amendment: { host: 'example.org', action: 'allow' } } };
    const params = {
      command: 'curl example.org',
      networkApprovalContext: { host: 'example.org', protocol: 'https' },
      availableDecisions: ['accept', amendment, 'cancel'],
    };
    const question = { method: 'item/commandExecution/requestApproval', params };
    expect(toApproval(id, question, () => [])).toMatchObject({
      network: 'example.org',
      alwaysRule: 'network access to example.org',
    });
    expect(fromAnswer(question, { type: 'decision', decision: 'acceptAlways' })).toMatchObject({
      result: { decision: amendment },
    });
  });

  it('about files takes the diff from its item', () => {
    const changes = [{ path: '/a', kind: 'add', diff: 'x' }] as const;
    expect(toApproval(id, first('turn-file-approval'), () => changes)).toMatchObject({ kind: 'fileChange', changes });
  });

  it('about permissions, of the user, of a tool and of an MCP server keeps its substance', () => {
    expect(approvalOf('turn-permissions')).toMatchObject({ kind: 'permissions', reason: 'to fetch', cwd: '/work/project' });
    expect(approvalOf('turn-question')).toMatchObject({
      kind: 'userInput',
      questions: [
        {
          id: 'choice',
          header: 'Colour',
          question: 'Which one?',
          options: [{ label: 'Red', description: 'warm' }, { label: 'Blue' }],
        },
      ],
      offered: ['decline'],
    });
    expect(approvalOf('turn-tool-call')).toMatchObject({ kind: 'toolCall', tool: 'weather', arguments: { city: 'Paris' } });
    const [use, form] = readQuestions('turn-mcp').map((question) => toApproval(id, question, () => []));
    expect(use).toMatchObject({ kind: 'elicitation', server: 'fixture', reason: 'Arguments: {"n":7}' });
    expect(use).not.toHaveProperty('schema');
    expect(form).toMatchObject({ message: 'Which colour?', schema: { required: ['colour'] }, offered: ['decline', 'cancel'] });
  });

  it('that is none is not one', () => {
    expect(toApproval(id, { method: 'attestation/generate', params: {} }, () => [])).toBeUndefined();
    expect(safeReply({ method: 'attestation/generate', params: {} })).toBeUndefined();
  });
});

describe('an answer', () => {
  it('says no to every kind in the words of that kind', () => {
    expect(safeReply(first('turn-command-approval'))).toEqual({ decision: 'decline' });
    expect(safeReply(first('turn-file-approval'))).toEqual({ decision: 'decline' });
    expect(safeReply(first('turn-permissions'))).toEqual({ permissions: {}, scope: 'turn' });
    expect(safeReply(first('turn-question'))).toEqual({ answers: {} });
    expect(safeReply(first('turn-tool-call'))).toMatchObject({ success: false });
    expect(safeReply(first('turn-mcp'))).toEqual({ action: 'decline', content: null, _meta: null });
  });

  it('ends the turn where Codex has no cancel of its own', () => {
    const cancel = { type: 'decision', decision: 'cancel' } as const;
    expect(fromAnswer(first('turn-question'), cancel)).toMatchObject({ endsTurn: true });
    expect(fromAnswer(first('turn-command-approval'), cancel)).toEqual({ isFitting: true, result: { decision: 'cancel' } });
  });

  it('carries what was granted, chosen, filled in and computed', () => {
    expect(fromAnswer(first('turn-permissions'), { type: 'decision', decision: 'acceptForSession' })).toMatchObject({
      result: { permissions: { network: { enabled: true } }, scope: 'session' },
    });
    expect(fromAnswer(first('turn-permissions'), { type: 'permissions', granted: {}, scope: 'turn' })).toMatchObject({
      result: { permissions: {}, scope: 'turn' },
    });
    expect(fromAnswer(first('turn-question'), { type: 'userInput', answers: { choice: ['Red'] } })).toMatchObject({
      result: { answers: { choice: { answers: ['Red'] } } },
    });
    expect(fromAnswer(first('turn-mcp'), { type: 'elicitation', action: 'accept', content: { colour: 'green' } })).toMatchObject({
      result: { action: 'accept', content: { colour: 'green' } },
    });
    expect(fromAnswer(first('turn-mcp'), { type: 'decision', decision: 'acceptAlways' })).toMatchObject({
      result: { action: 'accept', _meta: { persist: 'always' } },
    });
    expect(fromAnswer(first('turn-tool-call'), { type: 'toolResult', isSuccess: true, text: 'rain' })).toMatchObject({
      result: { contentItems: [{ type: 'inputText', text: 'rain' }], success: true },
    });
  });

  it('that does not fit says what is wanted', () => {
    const noRule = { method: 'item/commandExecution/requestApproval', params: { command: 'x' } };
    expect(fromAnswer(noRule, { type: 'decision', decision: 'acceptAlways' })).toMatchObject({ isFitting: false });
    expect(fromAnswer(first('turn-question'), { type: 'decision', decision: 'accept' })).toMatchObject({ isFitting: false });
  });
});

it('no question throws, whatever it holds', () => {
  const methods = [
    'turn-command-approval',
    'turn-file-approval',
    'turn-permissions',
    'turn-question',
    'turn-tool-call',
    'turn-mcp',
  ].map((name) => first(name).method);
  fc.assert(
    fc.property(fc.constantFrom(...methods), fc.jsonValue(), (method, params) => {
      expect(() => toApproval(id, { method, params }, () => [])).not.toThrow();
      expect(safeReply({ method, params })).toBeDefined();
    }),
  );
});
