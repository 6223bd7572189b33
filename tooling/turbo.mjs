import { spawnSync } from 'node:child_process';

// Turborepo, without its reports to its makers: nothing here goes to the network but to the npm registry. JavaScript, for it runs before
// anything is built, on any Node.
const { status, error } = spawnSync('turbo', process.argv.slice(2), {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
});
if (error !== undefined) throw error;
process.exitCode = status ?? 1;
