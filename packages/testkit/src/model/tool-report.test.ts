import { expect, it } from 'vitest';
import { readToolReport } from './tool-report.ts';

// Outputs as Codex 0.169 gave them to the model.
it.each([
  [
    'done',
    'hi',
    'Chunk ID: 8c7856\nWall time: 0.0001 seconds\nProcess exited with code 0\nOriginal token count: 1\nOutput:\nhi\n',
  ],
  [
    'failed',
    'no',
    'Chunk ID: 8c7856\nWall time: 0.1 seconds\nProcess exited with code 2\nOriginal token count: 1\nOutput:\nno\n',
  ],
  ['running', '', 'Chunk ID: 1\nWall time: 10 seconds\nProcess running with session ID 7\nOriginal token count: 0\nOutput:\n'],
  ['done', 'Success.', 'Exit code: 0\nWall time: 0.1 seconds\nOutput:\nSuccess.\n'],
  ['done', 'Success.', 'Wall time: 0.0 seconds\nOutput:\nExit code: 0\nWall time: 0 seconds\nOutput:\nSuccess.\n'],
  ['done', 'hi', 'Script completed\nWall time 0.1 seconds\nOutput:\n\n{"chunk_id":"d","exit_code":0,"output":"hi\\n"}'],
  ['done', '', 'Script completed\nWall time 0.0 seconds\nOutput:\n\n{}'],
  ['failed', 'Script error:\nno image', 'Script failed\nWall time 0.0 seconds\nOutput:\n\nScript error:\nno image'],
  ['refused', 'patch rejected by user', 'patch rejected by user'],
  [
    'refused',
    'exec_command failed: CreateProcess { message: "Rejected(\\"rejected by user\\")" }',
    'exec_command failed: CreateProcess { message: "Rejected(\\"rejected by user\\")" }',
  ],
  ['answered', 'Plan updated', 'Plan updated'],
  ['answered', '{"answers":{}}', '{"answers":{}}'],
])('reads %s: %j', (outcome, detail, output) => {
  expect(readToolReport(output)).toEqual({ outcome, detail });
});

it('keeps what a command prints even when it looks like a head', () => {
  const output = 'Wall time: 0.1 seconds\nProcess exited with code 0\nOutput:\nresult\nOutput:\nmore\n';
  expect(readToolReport(output)).toEqual({ outcome: 'done', detail: 'result\nOutput:\nmore' });
});

it('does not take a refusal printed by a command for a refusal', () => {
  expect(readToolReport('Process exited with code 0\nOutput:\nrejected by user\n').outcome).toBe('done');
});
