import { expect, it } from 'vitest';
import * as surface from '../src/index.ts';
import * as testing from '../src/testing/index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'applyFacts',
    'checkWorkspace',
    'claimCode',
    'commands',
    'createGateway',
    'decide',
    'decision',
    'eventInputId',
    'explainPolicy',
    'factsFrom',
    'initialState',
    'isClaimed',
    'isSensitivePath',
    'limitRuns',
    'noFacts',
    'offeredAtEnd',
    'settleCopy',
    'upcast',
  ]);
});

it('exports these names and no others under /testing', () => {
  expect(Object.keys(testing).sort()).toEqual([
    'action',
    'agentAnswered',
    'answeredElsewhere',
    'artifact',
    'artifactTaken',
    'attachmentsFetched',
    'createOpenFiles',
    'deliveryAccepted',
    'deliveryFailed',
    'fired',
    'givenScope',
    'liveOpened',
    'liveRefused',
    'lost',
    'madeFile',
    'message',
    'noticePosted',
    'openApproval',
    'overdue',
    'owner',
    'playWithCrash',
    'privateScope',
    'progressed',
    'recalled',
    'resolved',
    'steered',
    'storeContract',
    'stranger',
    'taskScope',
    'testRules',
    'thread',
    'threadsFound',
    'undelivered',
  ]);
});
