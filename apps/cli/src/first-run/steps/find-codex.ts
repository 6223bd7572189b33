import { GatewayError } from '@threadbridge/contract';
import type { FirstRunStep } from '../step.ts';

/** Codex starts, in a version that is driven. */
export const findCodex: FirstRunStep = {
  name: 'codex',
  // One that does not start says so at the start itself.
  glance: async () => true,
  async look({ io, codex }) {
    const { firstRun } = io.texts;
    const { version, home, problems } = await (await codex()).check();
    if (version === undefined && home === undefined) {
      const [first] = problems;
      return { isDone: false, text: first?.message ?? firstRun.codexMissing, remedy: first?.remedy ?? firstRun.codexRemedy };
    }
    const warnings = problems.filter(({ code }) => code === 'codex.version' || code === 'codex.sandbox');
    const warning = warnings.map(({ message, remedy }) => (remedy === undefined ? message : `${message} ${remedy}`)).join('\n');
    return { isDone: true, text: firstRun.codexWorks(version ?? ''), ...(warning !== '' && { warning }) };
  },
  async lead(setup) {
    const found = await findCodex.look(setup);
    // It is mended elsewhere, and then looked for anew.
    await setup.renewCodex();
    if (found.isDone) return 'led';
    throw new GatewayError('runner.missing', found.text, { remedy: found.remedy, certain: true });
  },
};
