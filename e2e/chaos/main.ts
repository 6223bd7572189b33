import { parseArgs } from 'node:util';
import { openSqliteAudit, verifyAudit } from '@threadbridge/store';
import { createDice } from './dice.ts';
import { faults } from './faults.ts';
import { judge } from './judge.ts';
import { keepEvidence } from './keep-evidence.ts';
import { openArena } from './open-arena.ts';
import { gather, type Person } from './people.ts';
import { type Played, play, type Weight } from './play.ts';
import { turnsByTag } from './script.ts';
import { settle } from './settle.ts';
import { writeReport } from './write-report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '100' },
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const [what] = positionals;
if (what !== 'chaos' && what !== 'soak') throw new Error('Usage: main.ts chaos --kills N | soak --minutes N [--seed N]');
const isChaos = what === 'chaos';
const say = (line: string) => process.stdout.write(`${line}\n`);
say(`${what}, seed ${values.seed}`);

const startedAt = Date.now();
const dice = createDice(Number(values.seed));
await using arena = await openArena();
await arena.isUp();
const people = gather(arena, dice);
if (!arena.hasSmallDisk) say('The disk is not filled here: that needs the right to mount one.');
const played = await play({
  ...{ arena, people, dice },
  faults: isChaos ? faults : faults.filter(({ isKill, name }) => !isKill && name !== 'disk full'),
  until: isChaos ? { kills: Number(values.kills) } : { at: Date.now() + Number(values.minutes) * 60_000 },
  paceMs: isChaos ? 300 : 600,
  faultShare: isChaos ? 0.25 : 0.1,
  onProgress: say,
});
const restless = await settle(arena, people, 120_000);
const left = await arena.stop();
const turns = turnsByTag(arena.model.requests);
const mistakes: string[] = [];
const counts = { prompts: 0, lost: 0, doubledPrompts: 0, doubledReplies: 0 };
for (const person of people) {
  const verdict = judge({ said: person.said, seen: person.seen(), turns });
  const { lost, doubledPrompts, doubledReplies } = verdict;
  say(
    `${person.name}: ${person.said.length} prompts, ${verdict.answered} answered, ${verdict.told} told as cut off or in doubt, ${lost.length} lost, ${doubledPrompts.length} started twice, ${doubledReplies.length} answered twice`,
  );
  counts.prompts += person.said.length;
  counts.lost += lost.length;
  counts.doubledPrompts += doubledPrompts.length;
  counts.doubledReplies += doubledReplies.length;
  for (const [label, tags] of Object.entries({ lost, 'started twice': doubledPrompts, 'answered twice': doubledReplies }))
    if (tags.length > 0) mistakes.push(`${person.name}: ${label}: ${tags.join(' ')}`);
}
mistakes.push(
  ...restless.map((person) => `${person.name} did not come to rest; read last:\n${lastOf(person)}`),
  ...left.map((process) => `left behind: ${process}`),
  ...arena.wechat.mistakes.map((text) => `WeChat client: ${text}`),
  ...arena.feishu.mistakes.filter((text) => !isOfClock(text)).map((text) => `Feishu client: ${text}`),
  ...arena.feishu.cards.filter(({ isStreaming }) => isStreaming).map(({ id }) => `card ${id} still runs`),
  ...(arena.wechat.isTyping() ? ['WeChat still shows typing'] : []),
  ...(await auditMistakes()),
  ...(isChaos ? [] : growth(played)),
);
for (const [name, count] of played.strikes) say(`${String(count).padStart(5)} × ${name}`);
say(
  `${played.kills} kills; ${arena.ownEnds.length} times the gateway ended by itself and was started again; ${Math.round((Date.now() - startedAt) / 1000)} s`,
);
for (const words of new Set(arena.ownEnds)) say(`   saying: ${words}`);
if (played.weights.length > 0)
  say(
    `memory ${mega(played.weights.map(({ rssBytes }) => rssBytes))} MB, handles ${Math.max(...played.weights.map(({ handles }) => handles))} at most`,
  );
for (const mistake of mistakes) say(`✗ ${mistake}`);
const { kills } = played;
const ran = { seed: Number(values.seed), startedAt, minutes: Math.round((Date.now() - startedAt) / 600) / 100 };
await writeReport(what, { ...ran, kills, ...counts, mistakes, ...memoryOf(played) });
if (mistakes.length > 0) say(`What is needed to find the cause is in ${await keepEvidence(arena, people)}`);
say(mistakes.length === 0 ? 'Nothing lost, nothing twice.' : `${mistakes.length} mistakes. Again with: --seed ${values.seed}`);
process.exitCode = mistakes.length === 0 ? 0 : 1;

/**
 * A card's operations are numbered by time, so that one who knows only its id can go on, and haste is reckoned by it, too: after a jump of the
 * clock the platform refuses once, and nothing is lost by it.
 */
function isOfClock(mistake: string): boolean {
  return played.strikes.has('clock jumped') && /sequence \d+ does not exceed|messages a second/.test(mistake);
}

function lastOf(person: Person): string {
  return person
    .seen()
    .slice(-6)
    .map(({ text }) => `    ${text.slice(0, 300).replaceAll('\n', ' / ')}`)
    .join('\n');
}

async function auditMistakes(): Promise<readonly string[]> {
  await using audit = await openSqliteAudit({ path: arena.store });
  const verdict = await verifyAudit(audit);
  return verdict.isWhole ? [] : [`the audit log is not whole: ${JSON.stringify(verdict)}`];
}

/** The medians of the second and the last quarter, apart by more than a third, are growth. */
function growth(played: Played): readonly string[] {
  const compare = (name: string, of: (weight: Weight) => number) => {
    const { early, late } = quarters(played, of) ?? { early: 0, late: 0 };
    return late > early * 1.34 ? [`${name} grew from ${early} to ${late}`] : [];
  };
  return [...compare('memory', ({ rssBytes }) => rssBytes), ...compare('handles', ({ handles }) => handles)];
}

/** The medians of the second and the last quarter of a play; of a short one there are none. */
function quarters(
  { weights }: Played,
  of: (weight: Weight) => number,
): { readonly early: number; readonly late: number } | undefined {
  const quarter = Math.floor(weights.length / 4);
  if (quarter < 3) return undefined;
  return { early: median(weights.slice(quarter, 2 * quarter).map(of)), late: median(weights.slice(-quarter).map(of)) };
}

function memoryOf(played: Played) {
  const found = quarters(played, ({ rssBytes }) => rssBytes);
  return found && { earlyRssBytes: found.early, lateRssBytes: found.late };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function mega(values: readonly number[]): string {
  return `${Math.round(Math.min(...values) / 1e6)}–${Math.round(Math.max(...values) / 1e6)}`;
}
