import { join } from 'node:path';
import type { ServicePlan } from './service-plan.ts';
import { commandOf, type ServiceTarget } from './service-target.ts';
import { escapeXml } from './xml.ts';

/** A task of Windows that starts when the person logs on. */
export function taskSchedulerPlan(target: ServiceTarget): ServicePlan {
  const name = `Threadbridge ${target.profile}`;
  const file = join(target.home, 'profiles', target.profile, 'service.xml');
  return {
    manager: 'Task Scheduler',
    file,
    text: task(target),
    install: [
      ['schtasks', '/Create', '/TN', name, '/XML', file, '/F'],
      ['schtasks', '/Run', '/TN', name],
    ],
    uninstall: [['schtasks', '/Delete', '/TN', name, '/F']],
    start: [['schtasks', '/Run', '/TN', name]],
    stop: [['schtasks', '/End', '/TN', name]],
  };
}

function task(target: ServiceTarget): string {
  const [program = '', ...args] = commandOf(target);
  return `<?xml version="1.0" encoding="UTF-8"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Threadbridge, profile ${escapeXml(target.profile)}</Description></RegistrationInfo>
  <Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger></Triggers>
  <Principals><Principal id="Author"><LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal></Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>255</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${escapeXml(program)}</Command>
      <Arguments>${escapeXml(args.map(quote).join(' '))}</Arguments>
      <WorkingDirectory>${escapeXml(target.userHome)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`;
}

/** https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments */
function quote(text: string): string {
  return `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}
