import { expect, it } from 'vitest';
import * as surface from './index.ts';

it('offers just this', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'askControl',
    'channelFactory',
    'consoleLink',
    'createFileKeystore',
    'describeProfile',
    'editConfig',
    'examineAccounts',
    'exitCodeOf',
    'exitCodes',
    'explainProfile',
    'listProcesses',
    'loadConfig',
    'loginAccount',
    'logoutAccount',
    'makeBackup',
    'openGateway',
    'openKeystore',
    'openTasks',
    'originText',
    'probeChannel',
    'profileLogs',
    'readGatewayState',
    'resolveProfile',
    'restoreBackup',
    'rotateServiceToken',
    'rotateTokenKeys',
    'runNativeApi',
    'showAccounts',
    'showClaim',
    'showServiceTokens',
    'verifyBackup',
  ]);
});
