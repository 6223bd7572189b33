import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readLicenses, toPage } from './read-licenses.ts';

await writeFile(join(import.meta.dirname, '../../docs/licenses.md'), toPage(await readLicenses()));
