import { GatewayError, type Logger } from '@threadbridge/contract';
import type { Gateway, ProfileRules } from '@threadbridge/core';
import type { ResolvedProfile } from './config/load.ts';
import { applyReload, type Reloaded, type ReloadOptions } from './reload.ts';
import { readTokenKeys, type TokenKeys } from './token-key.ts';

export interface RulesInForceOptions {
  readonly profile: ResolvedProfile;
  readonly keys: TokenKeys;
  readonly toRules: (profile: ResolvedProfile, keys: TokenKeys) => ProfileRules;
  /** Reads the configuration anew. Absent: nobody can. */
  readonly readAnew?: (() => Promise<ResolvedProfile>) | undefined;
  /** Throws where a new reading cannot be put into force. */
  readonly check: (profile: ResolvedProfile) => Promise<void>;
  readonly replace: ReloadOptions['replace'];
  /** The gateway that judges by them, once it is there. */
  readonly gateway: () => Pick<Gateway, 'swap'>;
  readonly onReloaded: () => void;
  readonly logger: Logger;
}

/** What a gateway judges by now, and how that changes while it runs. */
export interface RulesInForce {
  current(): ProfileRules;
  keys(): TokenKeys;
  /** What they were made of. */
  profile(): ResolvedProfile;
  /** Rejects with `config.*`; then everything is as it was. */
  reload(): Promise<Reloaded>;
  /** Takes the keys that were written meanwhile. */
  renewKeys(): Promise<void>;
}

export function createRulesInForce(options: RulesInForceOptions): RulesInForce {
  const { toRules, readAnew, check, replace, gateway, logger } = options;
  let { profile, keys } = options;
  const current = () => toRules(profile, keys);
  return {
    current,
    keys: () => keys,
    profile: () => profile,
    async reload() {
      if (readAnew === undefined) {
        const message = 'This gateway was opened without a configuration to read again.';
        throw new GatewayError('config.invalid', message, { certain: true });
      }
      const to = await readAnew();
      await check(to);
      const rulesOf = (of: ResolvedProfile) => toRules(of, keys);
      const done = await applyReload({ from: profile, to, gateway: gateway(), toRules: rulesOf, replace });
      profile = to;
      options.onReloaded();
      logger.info(done, 'the configuration was read again');
      return done;
    },
    async renewKeys() {
      keys = await readTokenKeys(profile.paths.tokenKey);
      await gateway().swap({ rules: current() });
      logger.info({}, 'new keys of buttons and codes are in use');
    },
  };
}
