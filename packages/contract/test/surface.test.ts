import { expect, it } from 'vitest';
import * as surface from '../src/index.ts';
import * as testing from '../src/testing/index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'GatewayError',
    'actorId',
    'asId',
    'checkLength',
    'createBell',
    'createLink',
    'createPullQueue',
    'emptyView',
    'explain',
    'isGatewayError',
    'isTerminal',
    'parseScopeId',
    'reduceView',
    'retryAfter',
    'scopeId',
    'silentLogger',
    'splitMessage',
    'systemClock',
    'viewText',
  ]);
});

it('exports these names and no others under /testing', () => {
  expect(Object.keys(testing).sort()).toEqual([
    'channelContract',
    'continuationContract',
    'createFakePlatform',
    'createManualClock',
    'createScriptedAgent',
    'runnerContract',
    'settled',
    'taskContract',
  ]);
});
