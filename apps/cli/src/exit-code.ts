/** What the exit codes of the command mean. */
export const exitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  notLoggedIn: 4,
  alreadyRunning: 5,
  interrupted: 130,
} as const;
