/** Writes the published JSON Schema; the script `schema` of the package. A test fails when it is out of date. */
import { writeFile } from 'node:fs/promises';
import { configJsonSchema } from '../src/config/json-schema.ts';

await writeFile(
  new URL('../schema/config.schema.json', import.meta.url),
  `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`,
);
