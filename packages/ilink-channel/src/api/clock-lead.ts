/** Less is the way of the answer, and a header that knows whole seconds only. */
const toleranceMs = 5_000;

/**
 * By how much our clock is ahead of the service's, ms, negative where it is behind: `date` is the header of an answer that was heard at `now`.
 * 0 where the two agree within a few seconds or the header cannot be read. Messages carry the service's time; budgets are reckoned by ours.
 */
export function clockLead(date: string | null, now: number): number {
  const lead = now - Date.parse(date ?? '');
  // The header leaves out the part of the second: the least possible lead counts a message rather too long than too short.
  return Math.abs(lead) > toleranceMs ? lead - 1_000 : 0;
}
