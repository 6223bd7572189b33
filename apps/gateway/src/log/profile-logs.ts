import { join } from 'node:path';
import type { ProfilePaths } from '../config/home.ts';
import { logFiles } from './rotating-file.ts';

/** The log files of a profile's gateway, oldest first; the last one is being written. Some may not be there. */
export function profileLogs({ logs }: Pick<ProfilePaths, 'logs'>): readonly string[] {
  return logFiles(join(logs, 'gateway.jsonl'));
}
