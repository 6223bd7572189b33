import type { PatchStep } from './steps.ts';

const lines = (text: string) => text.replace(/\n$/, '').split('\n');
const patch = (body: readonly string[]): PatchStep => ({
  type: 'patch',
  patch: ['*** Begin Patch', ...body, '*** End Patch', ''].join('\n'),
});

/** Writes a file; one that exists is replaced. The path is relative to the working directory, or absolute. */
export function addFile(path: string, content: string): PatchStep {
  return patch([`*** Add File: ${path}`, ...lines(content).map((line) => `+${line}`)]);
}

/** Replaces whole lines of a file. The turn goes on with an error told to the model when `before` is not in the file. */
export function editFile(path: string, before: string, after: string): PatchStep {
  return patch([
    `*** Update File: ${path}`,
    '@@',
    ...lines(before).map((line) => `-${line}`),
    ...lines(after).map((line) => `+${line}`),
  ]);
}

/** Deletes a file. */
export function deleteFile(path: string): PatchStep {
  return patch([`*** Delete File: ${path}`]);
}
