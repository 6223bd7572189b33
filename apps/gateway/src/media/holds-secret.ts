import { isText } from './media-type.ts';

/** What the collection does not look for in every form: keys by their beginning, and assignments that say what they are. */
const shapes: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z ]+ )?PRIVATE KEY-----/,
  /\bsk-[\w-]{20,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bAIza[\w-]{35}\b/,
  /\b(?:api[_-]?key|secret|password|passwd|access[_-]?token|auth[_-]?token)["']?\s{0,3}[:=]\s{0,3}["']?[A-Za-z0-9+/_=-]{20,}/i,
];

/** Whether a text holds what looks like a key, a token or a password. What is no text is not looked into. */
export async function holdsSecret(content: Buffer): Promise<boolean> {
  if (!isText(content.subarray(0, 4_096))) return false;
  const text = content.toString('utf8');
  if (shapes.some((shape) => shape.test(text))) return true;
  // Loaded with the first file that is sent.
  const [{ lintSource }, { secretLintProfiler }, { creator }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/profiler'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  // It measures every rule at every text, and keeps all it measured as long as the process lives.
  secretLintProfiler.setEnabled(false);
  const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] };
  const source = { content: text, filePath: '/file.txt', ext: '.txt', contentType: 'text' } as const;
  const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
  return messages.length > 0;
}
