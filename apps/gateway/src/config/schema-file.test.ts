import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { configJsonSchema, type JsonSchema } from './json-schema.ts';

it('publishes the schema it checks by (the script `schema` writes it)', async () => {
  const published: unknown = JSON.parse(await readFile(new URL('../../schema/config.schema.json', import.meta.url), 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
});

it('describes every setting', () => {
  const bare: string[] = [];
  const visit = (schema: JsonSchema, path: string) => {
    for (const [key, inner] of Object.entries(schema.properties ?? {})) {
      const isChoice = inner.const !== undefined || inner.$ref !== undefined;
      if (inner.description === undefined && !isChoice) bare.push(`${path}.${key}`);
      visit(inner, `${path}.${key}`);
    }
    for (const member of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]) visit(member, path);
  };
  const schema = configJsonSchema();
  visit(schema, '');
  for (const [name, definition] of Object.entries(schema.$defs ?? {})) visit(definition, name);
  expect(bare).toEqual([]);
});
