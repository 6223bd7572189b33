/** What follows a command of ours that is about a profile, where that is not the usual one. */
export function profileFlag(profile: string): string {
  return profile === 'default' ? '' : ` --profile ${profile}`;
}
