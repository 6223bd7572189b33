const units = { h: 3_600_000, m: 60_000, s: 1_000 } as const;

/** A time as people type it (`90s`, `30m`, `2h`), in ms. Undefined for anything else, and for none at all. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,6})\s*([hms])$/i.exec(text);
  const unit = match?.[2]?.toLowerCase() as keyof typeof units | undefined;
  const ms = unit === undefined ? 0 : Number(match?.[1]) * units[unit];
  return ms === 0 ? undefined : ms;
}

/** The same the other way round, in its largest whole unit. */
export function duration(ms: number): string {
  for (const unit of ['h', 'm', 's'] as const)
    if (ms >= units[unit] && ms % units[unit] === 0) return `${ms / units[unit]}${unit}`;
  return `${ms / 1_000}s`;
}
