import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { JsonObject, LoginStep } from '@threadbridge/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodexRunner } from '../src/index.ts';
import { baseEnvironment, collect, ofType, setUp, type World } from './set-up.ts';

let world: World;
let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
  world = await setUp({ env: { ...baseEnvironment(), CODEX_APP_SERVER_LOGIN_ISSUER: issuer.url } });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await issuer.close();
});

/** A provider that wants the login of OpenAI, on the scripted model. */
const needsLogin = () => {
  const config = world.model.codexConfig() as JsonObject & { model_providers: { scripted: JsonObject } };
  return {
    ...config,
    chatgpt_base_url: `${issuer.url}/backend-api`,
    model_providers: { scripted: { ...config.model_providers.scripted, requires_openai_auth: true } },
  };
};
const steps = async (login: AsyncIterable<LoginStep<null>>, onStep?: (step: LoginStep<null>) => void) => {
  const all: LoginStep<null>[] = [];
  for await (const step of login) {
    all.push(step);
    onStep?.(step);
  }
  return all;
};
const using = async (test: (runner: CodexRunner) => Promise<void>) => {
  const runner = world.another({ config: needsLogin() });
  await test(runner);
  await runner[Symbol.asyncDispose]();
};

describe('a login', () => {
  it('with a key goes to Codex over the connection only, holds, and ends with a logout', () =>
    using(async (runner) => {
      const { account } = runner.capabilities;
      expect(await account.read()).toMatchObject({ login: 'missing' });
      expect(await steps(account.login({ type: 'apiKey', apiKey: 'sk-secret-123' }))).toEqual([
        { type: 'complete', credentials: null },
      ]);
      expect(await account.read()).toMatchObject({ login: 'ok' });
      const pid = world.pids.at(-1);
      if (existsSync(`/proc/${pid}`)) {
        for (const file of ['cmdline', 'environ'])
          expect(readFileSync(`/proc/${pid}/${file}`, 'utf8')).not.toContain('sk-secret-123');
      }
      const run = runner.start({ prompt: '[[run: env]] [[say: ok]]', workspace: world.workspace, sandbox: 'read-only' });
      const events = await collect(run);
      expect(JSON.stringify(events)).not.toContain('sk-secret-123');
      expect(events.at(-1)).toMatchObject({ type: 'turn.completed', text: 'ok' });
      expect(world.model.requests.at(-1)?.headers.authorization).toBe('Bearer sk-secret-123');
      await account.logout();
      expect(await account.read()).toMatchObject({ login: 'missing' });
      expect(readdirSync(world.home)).not.toContain('auth.json');
    }));

  it(
    'by device code tells the address and the code, waits, and completes',
    () =>
      using(async (runner) => {
        const { account } = runner.capabilities;
        const all = await steps(account.login({ type: 'deviceCode' }), (step) => {
          if (step.type === 'visit') issuer.approve();
        });
        expect(all).toEqual([
          { type: 'visit', url: `${issuer.url}/codex/device`, code: 'ABCD-1234' },
          { type: 'complete', credentials: null },
        ]);
        expect(JSON.parse(readFileSync(join(world.home, 'auth.json'), 'utf8'))).toMatchObject({
          tokens: { access_token: expect.any(String) },
        });
        await account.logout();
      }),
    60_000,
  );

  it('is called off by a signal or by leaving, and Codex asks no more', () =>
    using(async (runner) => {
      const { account } = runner.capabilities;
      const stop = new AbortController();
      const all = await steps(account.login({ type: 'deviceCode' }, { signal: stop.signal }), () => stop.abort());
      expect(all.map(({ type }) => type)).toEqual(['visit']);
      for await (const step of account.login({ type: 'browser' })) {
        expect(step).toMatchObject({ type: 'visit', url: expect.stringContaining('oauth') });
        break;
      }
      expect(await account.read()).toMatchObject({ login: 'missing' });
      // The port of the first would still be taken.
      for await (const step of account.login({ type: 'browser' })) {
        expect(step.type).toBe('visit');
        break;
      }
    }));

  it('that cannot begin is an error, and says why', async () => {
    const env = { ...baseEnvironment(), CODEX_APP_SERVER_LOGIN_ISSUER: 'http://127.0.0.1:9' };
    const runner = world.another({ env });
    await expect(steps(runner.capabilities.account.login({ type: 'deviceCode' }))).rejects.toMatchObject({
      code: 'runner.rejected',
      message: expect.stringContaining('device code'),
    });
    await runner[Symbol.asyncDispose]();
  });
});

describe('limits', () => {
  it('are unsupported where the login has none', () =>
    using(async (runner) => {
      const { account } = runner.capabilities;
      await steps(account.login({ type: 'apiKey', apiKey: 'sk-1' }));
      await expect(account.limits()).rejects.toMatchObject({ code: 'runner.unsupported', certain: true });
      await account.logout();
    }));

  it('of a ChatGPT login are read, and tell a turn that ran into one when it resets', () =>
    using(async (runner) => {
      const { account } = runner.capabilities;
      await steps(account.login({ type: 'deviceCode' }), () => issuer.approve());
      issuer.use(40);
      expect(await account.limits()).toEqual({
        windows: [{ usedPercent: 40, lengthMs: 18_000_000, resetsAt: 1_893_456_000_000 }],
        isReached: false,
        plan: 'plus',
      });
      issuer.use(100);
      expect(await account.limits()).toMatchObject({ isReached: true, resetsAt: 1_893_456_000_000 });
      const run = runner.start({ prompt: '[[limit: 1893456000]]', workspace: world.workspace, sandbox: 'read-only' });
      expect((await collect(run)).at(-1)).toMatchObject({
        type: 'turn.failed',
        error: { kind: 'usageLimit', code: 'usageLimitExceeded', resetsAt: 1_893_456_000_000 },
      });
      await account.logout();
    }));

  it('that are used up are told without a time where Codex knows none', async () => {
    const events = await collect(world.start('[[limit: 1893456000]]'));
    expect(ofType(events, 'turn.failed')).toMatchObject([{ error: { kind: 'usageLimit' } }]);
    expect(ofType(events, 'turn.failed')[0]?.error).not.toHaveProperty('resetsAt');
  });
});

interface Issuer {
  readonly url: string;
  /** The person has typed the code. */
  approve(): void;
  /** So much of the plan is used. */
  use(percent: number): void;
  close(): Promise<void>;
}

/** What Codex asks of the login service and the backend for a device code and the limits. */
async function startIssuer(): Promise<Issuer> {
  let isApproved = false;
  let usedPercent = 0;
  const token = (claims: object) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'none' })}.${part({ exp: 4_000_000_000, ...claims })}.x`;
  };
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    request.resume();
    switch (request.url?.split('?')[0]) {
      case '/api/accounts/deviceauth/usercode':
        isApproved = false;
        return answer(200, { device_auth_id: 'd1', user_code: 'ABCD-1234', interval: '1' });
      case '/api/accounts/deviceauth/token':
        return isApproved ? answer(200, { authorization_code: 'c1', code_challenge: 'x', code_verifier: 'y' }) : answer(403, {});
      case '/oauth/token': {
        const auth = { chatgpt_plan_type: 'plus', chatgpt_account_id: 'a1', chatgpt_user_id: 'u1' };
        const claims = { email: 'someone@mail.example', 'https://api.openai.com/auth': auth };
        return answer(200, { id_token: token(claims), access_token: token(claims), refresh_token: 'r1' });
      }
      case '/backend-api/wham/accounts/check': {
        // It has to be HTTPS, and nobody is asked there.
        const workspace_backend_origin = 'https://127.0.0.1:9';
        const entry = { id: 'a1', name: 'W', structure: 'personal', plan_type: 'plus', is_deactivated: false };
        return answer(200, { accounts: [{ ...entry, workspace_backend_origin, account_routing_override: 'NO_CONSTRAINT' }] });
      }
      case '/backend-api/wham/usage': {
        const primary_window = {
          used_percent: usedPercent,
          limit_window_seconds: 18_000,
          reset_after_seconds: 60,
          reset_at: 1_893_456_000,
        };
        const isReached = usedPercent >= 100;
        const rate_limit = { allowed: !isReached, limit_reached: isReached, primary_window, secondary_window: null };
        return answer(200, { plan_type: 'plus', rate_limit });
      }
      default:
        return answer(404, {});
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    approve() {
      isApproved = true;
    },
    use(percent) {
      usedPercent = percent;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
