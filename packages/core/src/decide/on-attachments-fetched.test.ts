import { describe, expect, it } from 'vitest';
import { artifact, attachmentsFetched, fired, givenScope, message, recalled, resolved, testRules } from '../testing/given.ts';
import type { EffectOf } from './effect.ts';

const given = givenScope();
const file = { kind: 'file', name: 'a.txt', ref: 'x' } as const;
const voice = { kind: 'audio', ref: 'v', transcript: 'what is this?' } as const;

describe('a message with files', () => {
  it('waits for them, and for the end of typing, whichever comes last', () => {
    const asked = given.idle().when(message('look', { attachments: [file] }));
    asked
      .when(fired({ name: 'quiet', round: 1 }))
      .leadsTo({ phase: 'fetching', waiting: ['look'] })
      .when(attachmentsFetched('look', { taken: [artifact('a.txt')], folder: '/state/media/s/files' }))
      .leadsTo({ asks: ['workspace.resolve'], phase: 'preparing' });
    asked
      .when(attachmentsFetched('look', { taken: [artifact('a.txt')] }))
      .leadsTo({ phase: 'collecting' })
      .when(fired({ name: 'quiet', round: 1 }))
      .leadsTo({ asks: ['workspace.resolve'], phase: 'preparing' });
  });

  it('gives pictures to the model and opens the folder for runs that may not read everything', () => {
    const rules = givenScope({ access: { ...testRules.access, owners: [], users: testRules.access.owners } });
    const taken = [artifact('p.png', 'image/png'), artifact('a.txt')];
    const { decision } = rules
      .fetching('look')
      .when(attachmentsFetched('look', { taken, folder: '/state/media/s/files' }))
      .when(resolved());
    const { input } = decision.effects.find((effect): effect is EffectOf<'run.start'> => effect.type === 'run.start') ?? {};
    expect(input).toMatchObject({
      images: ['/state/media/s/files/p.png'],
      denyRead: testRules.secretPaths,
      allowRead: ['/state/media/s/files'],
    });
    expect(input?.prompt).toContain('Read it at /state/media/s/files/a.txt');
  });

  it('keeps its words where a file was refused, and says why', () => {
    const refused = [{ name: 'big\u202egpj.iso', reason: 'size' }] as const;
    given
      .fetching('look')
      .when(attachmentsFetched('look', { refused }))
      .leadsTo({ says: [/“big⟨U\+202E⟩gpj\.iso” was not taken/], asks: ['workspace.resolve'], waiting: ['look'] });
  });

  it('is nothing to run for where all of it was refused', () => {
    const bare = given.idle().when(message('', { attachments: [file] }));
    bare
      .when(attachmentsFetched('', { refused: [{ name: 'a.txt', reason: 'empty' }] }))
      .leadsTo({ says: [/empty/], waiting: [] });
  });

  it('starts nothing when it is taken back before they are there, and lets the others go on', () => {
    given
      .fetching('look')
      .when(recalled('look'))
      .leadsTo({ says: [/Taken back/], phase: 'idle' });
    given
      .fetching('look')
      .when(message('/stop'))
      .leadsTo({ says: [/dropped/], phase: 'idle' });
    given
      .fetching('one', 'two')
      .when(attachmentsFetched('one'))
      .leadsTo({ phase: 'fetching' })
      .when(recalled('two'))
      .leadsTo({ says: [/Taken back/], asks: ['workspace.resolve'], phase: 'preparing' });
  });

  it('joins the next run where its files come while a workspace is looked at', () => {
    given
      .preparing('first')
      .when(message('second', { attachments: [file] }))
      .when(resolved())
      .leadsTo({ phase: 'fetching', waiting: ['first', 'second'] });
  });

  it('waits for the next run where words alone would have steered', () => {
    const steering = givenScope({ runs: { ...testRules.runs, duringRun: 'steer' } });
    steering
      .running()
      .when(message('look', { attachments: [file] }))
      .leadsTo({ says: [/in line/], asks: ['attachments.fetch'], waiting: ['look'] });
  });

  it('is not fetched where there is no room for it', () => {
    const small = givenScope({ runs: { ...testRules.runs, maxPending: 1 } });
    small
      .running({ waiting: ['first'] })
      .when(message('look', { attachments: [file] }))
      .leadsTo({ says: [/Busy/], waiting: ['first'] });
  });

  it('says what a voice message says, and does not fetch its sound', () => {
    given
      .idle()
      .when(message('', { attachments: [voice] }))
      .leadsTo({ asks: ['timer'], waiting: ['what is this?'] });
  });
});
