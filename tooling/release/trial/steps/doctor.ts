import assert from 'node:assert/strict';
import type { Step } from '../step.ts';

interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'fail' | 'unknown';
  readonly text: string;
  readonly remedy?: string;
}

/** On an empty home: Codex is not logged in, and each trouble names what to do. */
export const doctorBefore: Step = {
  name: 'doctor, before',
  timeoutMs: 300_000,
  async try({ threadbridge }) {
    const { checks } = JSON.parse((await threadbridge(['doctor', '--json'], 4)).stdout) as {
      readonly checks: readonly Finding[];
    };
    const failed = checks.filter(({ state }) => state === 'fail');
    assert.deepEqual(
      failed.map(({ name }) => name),
      ['login'],
      JSON.stringify(failed),
    );
    assert.match(failed[0]?.remedy ?? '', /threadbridge login codex/);
    return 'Codex is there and not logged in; `threadbridge login codex` is named';
  },
};

/** With everything set up: nothing fails. */
export const doctorAfter: Step = {
  name: 'doctor, after',
  timeoutMs: 300_000,
  async try({ threadbridge }) {
    const { stdout } = await threadbridge(['doctor']);
    assert.match(stdout, /^ok +sandbox /m, stdout);
    assert.match(stdout, /^ok +channel +feishu/m, stdout);
    return `${stdout.match(/^ok /gm)?.length} things work, the sandbox among them`;
  },
};
