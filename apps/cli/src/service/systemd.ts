import { join } from 'node:path';
import type { ServicePlan } from './service-plan.ts';
import { commandOf, type ServiceTarget } from './service-target.ts';

/** A user unit of systemd. It starts with the person's session, or at boot where lingering is on. */
export function systemdPlan(target: ServiceTarget): ServicePlan {
  const name = `threadbridge-${target.profile}.service`;
  const file = join(target.userHome, '.config', 'systemd', 'user', name);
  const ctl = (...args: string[]) => ['systemctl', '--user', ...args] as const;
  return {
    manager: 'systemd',
    file,
    text: unit(target),
    install: [ctl('daemon-reload'), ctl('enable', '--now', name)],
    uninstall: [ctl('disable', '--now', name)],
    start: [ctl('start', name)],
    stop: [ctl('stop', name)],
  };
}

function unit(target: ServiceTarget): string {
  // Codex goes on when the gateway is replaced, so only the gateway is told to end; it ends Codex at a stop.
  return `[Unit]
Description=Threadbridge, profile ${target.profile}
After=network-online.target
Wants=network-online.target

[Service]
Type=exec
ExecStart=${commandOf(target).map(word).join(' ')}
ExecReload=/bin/kill -HUP $MAINPID
Environment=${word(`THREADBRIDGE_HOME=${target.home}`)}
Environment=${word(`PATH=${target.path}`)}
Restart=always
RestartSec=5
RestartPreventExitStatus=2 3 4 5 6
KillMode=process
TimeoutStopSec=30
UMask=0077

[Install]
WantedBy=default.target
`;
}

/** A word of a unit file: https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html */
function word(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;
}
