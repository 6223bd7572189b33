import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Texts } from '../texts/texts.ts';
import type { Finding } from './finding.ts';

/** What somebody allowed for good: the rules that Codex keeps in its home, a line each, and how to take one back. */
export async function examineRules(codexHome: string, { doctor }: Texts): Promise<readonly Finding[]> {
  const directory = join(codexHome, 'rules');
  const names = await readdir(directory).catch(() => []);
  const files = names.filter((name) => name.endsWith('.rules')).sort();
  let texts: readonly string[];
  try {
    texts = await Promise.all(files.map((name) => readFile(join(directory, name), 'utf8')));
  } catch (error) {
    return [{ name: 'rules', state: 'warn', text: doctor.rulesUnread(String(error)) }];
  }
  const rules = texts.flatMap((text, index) => rulesIn(text).map((rule) => `${files[index]}: ${rule}`));
  if (rules.length === 0) return [];
  const remedy = doctor.ruleRemedy(directory);
  return rules.map((rule, index): Finding => {
    const isLast = index === rules.length - 1;
    return { name: 'rules', state: 'ok', text: doctor.rule(rule), ...(isLast && { remedy }) };
  });
}

function rulesIn(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}
