import { existsSync } from 'node:fs';
import { isGatewayError } from '@threadbridge/contract';
import { openSqliteAudit, verifyAudit } from '@threadbridge/store';
import type { Texts } from '../texts/texts.ts';
import type { Finding } from './finding.ts';
import { toTrouble } from './to-trouble.ts';

/** What a clock may differ by within one computer: it is corrected a little all the time. */
const toleratedMs = 60_000;

/** Whether the store's file is sound and its audit log whole, and whether it knows a later time than now. Read beside a running gateway. */
export async function examineStore(path: string, now: number, texts: Texts): Promise<readonly Finding[]> {
  const { doctor } = texts;
  if (!existsSync(path)) return [{ name: 'store', state: 'ok', text: doctor.storeAbsent(path) }];
  try {
    await using store = await openSqliteAudit({ path });
    const damage = await store.checkIntegrity();
    const [first] = damage;
    if (first !== undefined) {
      const text = doctor.storeDamaged({ path, first, more: damage.length - 1 });
      return [{ name: 'store', state: 'fail', text, remedy: doctor.storeRemedy(path) }];
    }
    const verdict = await verifyAudit(store);
    const last = (await store.auditHead())?.seq ?? 0;
    const [newest] = await store.readAudit(last - 1, 1);
    const wasPutBack = newest !== undefined && newest.at > now + toleratedMs;
    return [
      { name: 'store', state: 'ok', text: doctor.storeWhole(path) },
      verdict.isWhole
        ? { name: 'audit', state: 'ok', text: doctor.auditWhole(verdict.count) }
        : { name: 'audit', state: 'fail', text: doctor.auditBroken(verdict.brokenAt), remedy: doctor.auditRemedy },
      ...(wasPutBack ? [putBack(newest.at, now, texts)] : []),
    ];
  } catch (error) {
    if (!isGatewayError(error)) throw error;
    return [{ name: 'store', state: 'fail', ...toTrouble(error, texts) }];
  }
}

function putBack(last: number, now: number, { doctor }: Texts): Finding {
  const text = doctor.clockBack({ last: new Date(last).toISOString(), now: new Date(now).toISOString() });
  return { name: 'clock', state: 'warn', text, remedy: doctor.clockRemedy };
}
