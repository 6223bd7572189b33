import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openSqliteAudit, verifyAudit } from '@threadbridge/store';
import { turnsIn } from './asked.ts';
import { faults } from './faults.ts';
import { keepEvidence } from './keep-evidence.ts';
import type { Ledger } from './ledger.ts';
import { type Arena, openArena } from './open-arena.ts';
import { gather, type Person } from './people.ts';
import { type Played, play } from './play.ts';
import { type Report, reportCourses, reportLedger } from './report.ts';
import { settle } from './settle.ts';
import { writeReport } from './write-report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '100' },
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    // As `threadbridge start` does it.
    transport: { type: 'string', default: 'socket' },
  },
});
const [what, file] = positionals;
const say = (line: string) => process.stdout.write(`${line}\n`);
const mistakes = await run();
for (const mistake of mistakes) say(`✗ ${mistake}`);
say(mistakes.length === 0 ? 'Nothing lost, nothing twice.' : `${mistakes.length} mistakes.`);
process.exitCode = mistakes.length === 0 ? 0 : 1;

function run(): Promise<readonly string[]> {
  if (what === 'judge' && file !== undefined) return judgeFile(file);
  if (what === 'chaos' || what === 'soak') return shake(what);
  throw new Error('Usage: main.ts chaos --kills N | soak --minutes N [--seed N] [--transport stdio] | judge LEDGERS.json');
}

/** Looks again at the ledgers of an earlier run. */
async function judgeFile(path: string): Promise<readonly string[]> {
  const ledgers = JSON.parse(await readFile(path, 'utf8')) as readonly Ledger[];
  return show(...ledgers.map(reportLedger));
}

async function shake(what: 'chaos' | 'soak'): Promise<readonly string[]> {
  const isChaos = what === 'chaos';
  const seed = Number(values.seed);
  const transport = values.transport === 'stdio' ? 'stdio' : 'socket';
  say(`${what}, seed ${seed}, Codex over ${transport}`);
  const startedAt = Date.now();
  const early = new AbortController();
  process.once('SIGINT', () => early.abort());
  await using arena = await openArena(transport);
  await arena.gateway.isUp();
  const people = gather(arena);
  if (arena.disk === undefined) say('The disk is neither filled nor slow here: that needs the right to mount one.');
  const played = await play({
    ...{ arena, people, seed },
    // In a soak one process is weighed from the beginning to the end.
    faults: isChaos ? faults : faults.filter(({ isKill, isHard }) => !isKill && !isHard),
    until: isChaos ? { kills: Number(values.kills) } : { at: startedAt + Number(values.minutes) * 60_000 },
    paceMs: isChaos ? 300 : 600,
    faultShare: isChaos ? 0.4 : 0.1,
    signal: early.signal,
    onProgress: say,
  });
  const restless = played.failure === undefined ? await settle(arena, people, 180_000) : [];
  const left = await arena.stop();
  const turns = turnsIn(arena.model.requests);
  const ledgers = people.map((person): Ledger => {
    const { name, said } = person;
    const own = new Set(said.map(({ tag }) => tag));
    return { name, said, seen: person.seen(), turns: turns.filter(({ tags }) => tags.some((tag) => own.has(tag))) };
  });
  for (const [name, count] of played.strikes) say(`${String(count).padStart(5)} × ${name}`);
  const { ownEnds } = arena.gateway;
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  say(`${played.kills} kills; ${ownEnds.length} times the gateway ended by itself and was started again; ${seconds} s`);
  for (const words of new Set(ownEnds)) say(`   saying: ${words}`);
  const mistakes = [
    ...(played.failure === undefined ? [] : [played.failure]),
    ...show(...ledgers.map(reportLedger), ...(isChaos ? [] : [reportCourses(played.weights)])),
    ...restless.map((person) => `${person.name} did not come to rest; read last:\n${lastOf(person)}`),
    ...left.map((process) => `left behind: ${process}`),
    ...platformMistakes(arena, played),
    ...(isChaos ? [] : ownEnds.map((words) => `The gateway ended by itself: ${words}`)),
    ...(await auditMistakes(arena)),
  ];
  await writeReport({ what, seed, startedAt, kills: played.kills, ledgers, weights: played.weights, mistakes });
  if (mistakes.length > 0)
    say(`What is needed to find the cause is in ${await keepEvidence(arena)} and reports/${what}-ledgers.json`);
  return mistakes;
}

function show(...reports: readonly Report[]): readonly string[] {
  for (const { lines } of reports) for (const line of lines) say(line);
  return reports.flatMap(({ mistakes }) => mistakes);
}

function platformMistakes({ wechat, feishu }: Arena, played: Played): readonly string[] {
  return [
    ...wechat.mistakes.map((text) => `WeChat client: ${text}`),
    ...feishu.mistakes.filter((text) => !isOfClock(text, played)).map((text) => `Feishu client: ${text}`),
    ...feishu.cards.filter(({ isStreaming }) => isStreaming).map(({ id }) => `card ${id} still runs`),
    ...(wechat.isTyping() ? ['WeChat still shows typing'] : []),
  ];
}

/**
 * A card's operations are numbered by time, so that one who knows only its id can go on, and haste is reckoned by it, too: after a jump of the
 * clock the platform refuses once, and nothing is lost by it.
 */
function isOfClock(mistake: string, { strikes }: Played): boolean {
  return strikes.has('clock jumped') && /sequence \d+ does not exceed|messages a second/.test(mistake);
}

function lastOf(person: Person): string {
  return person
    .seen()
    .slice(-6)
    .map(({ text }) => `    ${text.slice(0, 300).replaceAll('\n', ' / ')}`)
    .join('\n');
}

async function auditMistakes({ store }: Arena): Promise<readonly string[]> {
  await using audit = await openSqliteAudit({ path: store });
  const verdict = await verifyAudit(audit);
  return verdict.isWhole ? [] : [`the audit log is not whole: ${JSON.stringify(verdict)}`];
}
