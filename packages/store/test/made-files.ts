import { type CrashOutcome, type CrashScenario, type CrashWorld, createOpenFiles } from '@threadbridge/core/testing';

const report = { name: 'report.txt', sizeBytes: 4, mediaType: 'text/plain', sha256: 'a'.repeat(64) };
const doubt = 'may or may not have arrived';

/** A run makes a file, and the owner has it sent. */
export function madeFiles(platform: CrashScenario['platform']): CrashScenario {
  let stage: 'begin' | 'making' | 'sending' = 'begin';
  return {
    platform,
    script: () => [{ say: 'See report.txt' }],
    files: {
      ...createOpenFiles(),
      findMade: async () => [{ ...report, path: '/work/app/report.txt' }],
      takeOut: async () => ({ isTaken: true, file: { ...report, path: '/media/out/report.txt' } }),
    },
    person(world) {
      if (stage === 'begin') {
        world.platform.say('write it down');
        stage = 'making';
      } else if (stage === 'making' && (reads(world, 'See report.txt') || reads(world, doubt))) {
        world.platform.say('/sendfile 1');
        stage = 'sending';
      }
      return stage === 'sending' ? filesIn(world).length > 0 || reads(world, '“report.txt”') : reads(world, 'cut off');
    },
  };
}

/** What must be true of files that go out, however the process died: what was made is known, and what was asked for goes once or in doubt. */
export function madeComplaints({ world, leftOpen, audit }: CrashOutcome, isKeyed: boolean): readonly string[] {
  const found: string[] = [];
  const [turn, ...more] = world.agent.turns;
  if (more.length > 0) found.push('the file was made twice');
  const isMade = turn?.status === 'completed';
  if (isMade && !reads(world, '1 file: `/artifacts`') && !reads(world, doubt)) found.push('the file was not found');
  if (!isMade && !reads(world, 'cut off')) found.push('the run was lost without a word');
  const sent = filesIn(world).length;
  if (sent > 1) found.push(`the file was sent ${sent} times`);
  if (isMade && sent === 0 && (isKeyed || !reads(world, doubt))) found.push('the file was lost without a word');
  const told = audit.filter(({ kind, outcome }) => kind === 'artifact' && outcome === 'sent').length;
  if (told !== (isMade ? 1 : 0)) found.push(`the audit log has ${told} files`);
  const open = leftOpen.filter((type) => type !== 'timer');
  if (open.length > 0) found.push(`left open: ${open.join(', ')}`);
  return found;
}

function filesIn({ platform }: CrashWorld) {
  return platform.shown.flatMap(({ message }) => message.files ?? []);
}

function reads({ platform }: CrashWorld, text: string): boolean {
  return platform.shown.some(({ message }) => message.markdown.includes(text));
}
