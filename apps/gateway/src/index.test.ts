import { expect, it } from 'vitest';
import * as surface from './index.ts';

it('offers just this', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'channelFactory',
    'consoleLink',
    'createFileKeystore',
    'describeProfile',
    'examineAccounts',
    'exitCodeOf',
    'exitCodes',
    'explainProfile',
    'loadConfig',
    'loginAccount',
    'logoutAccount',
    'openGateway',
    'openTasks',
    'originText',
    'probeChannel',
    'resolveProfile',
    'rotateTokenKeys',
    'runNativeApi',
    'showAccounts',
    'showServiceTokens',
  ]);
});
