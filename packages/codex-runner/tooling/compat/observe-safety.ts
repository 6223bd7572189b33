import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { completed, endsSoon, type Observation, outputOf, startCommand, startThread, startTurn } from './place.ts';
import type { Fields } from './session.ts';

/** What a user's files, variables and processes hang on. */
export const safety: Readonly<Record<string, Observation>> = {
  async environmentPolicy(place) {
    const session = await place.open({}, { SECRET_OF_MINE: 'xyzzy' });
    const thread = await startThread(session, place, { config: { shell_environment_policy: { inherit: 'core' } } });
    const output = await outputOf(session, thread, '[[run: env]] [[say: ok]]');
    if (!output.includes('PATH=')) throw new Error(`\`env\` printed ${JSON.stringify(output.slice(0, 200))}.`);
    return output.includes('xyzzy') ? 'everything' : 'what the policy lets through';
  },

  async denyRead(place) {
    const secret = join(place.home, 'secret.txt');
    await writeFile(secret, 'xyzzy');
    const session = await place.open();
    const profile = { extends: ':read-only', filesystem: { [place.home]: 'deny' } };
    const reply = await session.call('thread/start', {
      cwd: place.workspace,
      approvalPolicy: 'never',
      permissions: 'lab',
      config: { permissions: { lab: profile } },
    });
    const output = await outputOf(
      session,
      String((reply.thread as Fields).id),
      `[[run: cat ${secret} || echo hidden]] [[say: ok]]`,
    );
    if (output.includes('xyzzy')) return 'can be read';
    if (output.includes('hidden')) return 'cannot be read';
    throw new Error(`The command printed ${JSON.stringify(output.slice(0, 200))}.`);
  },

  async secondWriter(place) {
    const [first, second] = [await place.open(), await place.open()];
    const thread = await startThread(first, place);
    await startTurn(first, thread, '[[say: mine]]');
    await first.wait('end of the turn', completed);
    return second.call('thread/resume', { threadId: thread, excludeTurns: true }).then(
      () => 'is let in',
      (error: Error) => {
        if (/active writer/i.test(error.message)) return 'is refused';
        throw error;
      },
    );
  },

  async sigterm(place) {
    const session = await place.open();
    const { pid } = await startCommand(session, place);
    process.kill(session.pid, 'SIGTERM');
    return (await endsSoon(pid)) ? 'ends the command' : 'leaves the command';
  },

  async interrupt(place) {
    const session = await place.open();
    const { thread, turn, pid } = await startCommand(session, place);
    await session.call('turn/interrupt', { threadId: thread, turnId: turn });
    await session.wait('end of the turn', completed);
    await session.call('thread/backgroundTerminals/clean', { threadId: thread });
    return (await endsSoon(pid)) ? 'end the command' : 'leave the command';
  },

  async untrusted(place) {
    const session = await place.open();
    const thread = await startThread(session, place, { approvalPolicy: 'untrusted' });
    await startTurn(session, thread, '[[run: ls]] [[say: ok]]');
    const asked = await session.wait('question or end', (news) => completed(news) || news.id !== undefined);
    if (asked.id === undefined) return 'runs';
    session.answer(asked, { decision: 'decline' });
    return 'asks';
  },

  async untrustedConfig(place) {
    return place.open({ approval_policy: 'untrusted' }).then(
      () => 'is taken',
      () => 'is refused at start',
    );
  },
};
