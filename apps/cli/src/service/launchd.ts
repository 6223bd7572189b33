import { join } from 'node:path';
import type { ServicePlan } from './service-plan.ts';
import { commandOf, type ServiceTarget } from './service-target.ts';
import { escapeXml } from './xml.ts';

/** A launch agent of macOS: it starts when the person logs in. */
export function launchdPlan(target: ServiceTarget): ServicePlan {
  const label = `dev.threadbridge.${target.profile}`;
  const file = join(target.userHome, 'Library', 'LaunchAgents', `${label}.plist`);
  const domain = `gui/${target.uid ?? 0}`;
  return {
    manager: 'launchd',
    file,
    text: plist(label, target),
    install: [['launchctl', 'bootstrap', domain, file]],
    uninstall: [['launchctl', 'bootout', `${domain}/${label}`]],
    start: [['launchctl', 'bootstrap', domain, file]],
    stop: [['launchctl', 'bootout', `${domain}/${label}`]],
  };
}

function plist(label: string, target: ServiceTarget): string {
  const text = (value: string) => `<string>${escapeXml(value)}</string>`;
  // What the gateway leaves running when it is replaced belongs to nobody's group.
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>${text(label)}
  <key>ProgramArguments</key>
  <array>${commandOf(target).map(text).join('')}</array>
  <key>EnvironmentVariables</key>
  <dict>
    <key>THREADBRIDGE_HOME</key>${text(target.home)}
    <key>PATH</key>${text(target.path)}
  </dict>
  <key>RunAtLoad</key><true/>
  <key>KeepAlive</key><true/>
  <key>ThrottleInterval</key><integer>10</integer>
  <key>ExitTimeOut</key><integer>30</integer>
  <key>AbandonProcessGroup</key><true/>
  <key>Umask</key><integer>63</integer>
  <key>StandardOutPath</key><string>/dev/null</string>
  <key>StandardErrorPath</key><string>/dev/null</string>
</dict>
</plist>
`;
}
