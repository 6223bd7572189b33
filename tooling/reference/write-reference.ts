import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Application, type DeclarationReflection, LogLevel, type ProjectReflection, ReflectionKind } from 'typedoc';

/**
 * Writes the API reference of all packages to `reference/`, as a page for the browser, and fails where something is exported without a
 * word of documentation. Typedoc carries its own TypeScript: version 7 has no API for JavaScript.
 */
const root = join(import.meta.dirname, '..', '..');
const app = await Application.bootstrap({
  name: 'Threadbridge',
  entryPointStrategy: 'packages',
  entryPoints: publicPackages(),
  packageOptions: { skipErrorChecking: true, excludeExternals: true, validation: false, readme: 'none' },
  validation: false,
  readme: 'none',
  out: join(root, 'reference'),
  logLevel: LogLevel.Error,
});
const project = await app.convert();
if (project === undefined) throw new Error('The packages could not be read; build them first.');
await app.generateOutputs(project);
const silent = undocumented(project);
for (const name of silent) process.stdout.write(`✗ ${name} has no documentation\n`);
process.stdout.write(silent.length === 0 ? 'Everything that is exported is documented.\n' : `${silent.length} found.\n`);
process.exitCode = silent.length === 0 && !app.logger.hasErrors() ? 0 : 1;

function publicPackages(): string[] {
  return readdirSync(join(root, 'packages'))
    .map((name) => join(root, 'packages', name))
    .filter((folder) => {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly private?: boolean };
      return manifest.private !== true;
    });
}

function undocumented(project: ProjectReflection): readonly string[] {
  const modules = project.getReflectionsByKind(ReflectionKind.Module) as DeclarationReflection[];
  const exported = modules.flatMap((module) => (module.children ?? []).filter((child) => !child.kindOf(ReflectionKind.Module)));
  const isSilent = (one: DeclarationReflection) =>
    !one.kindOf(ReflectionKind.Reference) &&
    !one.hasComment() &&
    !(one.signatures ?? []).some((signature) => signature.hasComment());
  // Options say what they are by their members.
  return exported
    .filter((one) => isSilent(one) && !one.name.endsWith('Options'))
    .map((one) => `${one.getFullName()} (${one.sources?.[0]?.fileName ?? '?'})`);
}
