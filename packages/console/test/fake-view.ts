import type { GatewayChange, GatewayView, TranscriptEntry } from '@threadbridge/contract';

/** A gateway that shows nothing but what a test put there. */
export interface FakeView extends GatewayView {
  remember(entry: TranscriptEntry): void;
  tell(change: GatewayChange): void;
}

export function createFakeView(): FakeView {
  const listeners = new Set<(change: GatewayChange) => void>();
  const entries: TranscriptEntry[] = [];
  const nothing = async () => ({ entries: [] });
  return {
    remember: (entry) => void entries.unshift(entry),
    tell(change) {
      for (const listener of listeners) listener(change);
    },
    status: async () => ({
      profile: 'default',
      startedAt: 1,
      channels: [{ id: 'wechat' as never, type: 'ilink', state: 'needs-login', canLogin: true }],
    }),
    runs: async () => [],
    conversations: nothing,
    deliveries: nothing,
    audit: nothing,
    verifyAudit: async () => ({ isWhole: true, count: 0, hash: '' }),
    limits: async () => undefined,
    health: async () => ({ isUsable: true, name: 'codex', login: 'ok', sandbox: 'ok', problems: [] }),
    settings: async () => [],
    transcript: async () => ({ entries }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
