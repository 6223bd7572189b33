import { readFile } from 'node:fs/promises';
import type { LiveState } from '@threadbridge/gateway';
import type { ServicePlan } from '../service/service-plan.ts';
import type { Texts } from '../texts/texts.ts';
import type { Finding } from './finding.ts';

/** Whether the service of the profile is installed, starts this very program, and runs. */
export async function examineService(
  { manager, file, text: wanted }: ServicePlan,
  live: LiveState | undefined,
  { doctor }: Texts,
): Promise<readonly Finding[]> {
  const installed = await readFile(file, 'utf8').catch(() => undefined);
  if (installed === undefined) return [{ name: 'service', state: 'ok', text: doctor.serviceAbsent }];
  if (!isOurs(installed, wanted)) {
    return [{ name: 'service', state: 'warn', text: doctor.serviceOther(file), remedy: doctor.serviceOtherRemedy }];
  }
  if (live !== undefined) return [{ name: 'service', state: 'ok', text: doctor.serviceRuns({ manager, file, pid: live.pid }) }];
  const text = doctor.serviceRests({ manager, file });
  return [{ name: 'service', state: 'warn', text, remedy: doctor.serviceRestsRemedy }];
}

/** The search path is whatever it was when the service was installed; all else has to be there. */
function isOurs(installed: string, wanted: string): boolean {
  return wanted.split('\n').every((line) => line.includes('PATH') || installed.includes(line));
}
