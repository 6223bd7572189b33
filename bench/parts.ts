import type { Figure } from './figure.ts';

/** A part of the bench, run in a process of its own so that none warms up or fills the memory of another. */
export interface Part {
  /** Longer, and it is ended and counts as not measured. */
  readonly limitMs: number;
  run(): Promise<readonly Figure[]>;
}

/** In the order in which they run. */
export const parts: Readonly<Record<string, Part>> = {
  'turn-start': { limitMs: 90_000, run: async () => (await import('./turn-start.ts')).benchTurnStart() },
  engine: { limitMs: 90_000, run: async () => (await import('./engine.ts')).benchEngine() },
  live: { limitMs: 60_000, run: async () => (await import('./live.ts')).benchLive() },
  feishu: { limitMs: 90_000, run: async () => (await import('./feishu.ts')).benchFeishu() },
  codex: { limitMs: 90_000, run: async () => (await import('./codex.ts')).benchCodex() },
  'native-api': { limitMs: 120_000, run: async () => (await import('./native-api.ts')).benchNativeApi() },
  gateway: { limitMs: 90_000, run: async () => (await import('./gateway.ts')).benchGateway() },
  scale: { limitMs: 180_000, run: async () => (await import('./scale.ts')).benchScale() },
  'fresh-clone': { limitMs: 300_000, run: async () => (await import('./fresh-clone.ts')).benchFreshClone() },
  plays: { limitMs: 10_000, run: async () => (await import('./plays.ts')).readPlays() },
};
