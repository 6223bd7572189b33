import { GatewayError } from '@threadbridge/contract';

type Sdk = typeof import('@openai/codex-sdk');

let loading: Promise<Sdk> | undefined;

/** The SDK, loaded with the first use. It is an optional peer: who drives app-server does without it. Rejects with `runner.missing`, certain. */
export function loadSdk(): Promise<Sdk> {
  loading ??= import('@openai/codex-sdk').catch((cause: unknown) => {
    loading = undefined;
    throw new GatewayError('runner.missing', 'The package @openai/codex-sdk could not be loaded.', {
      certain: true,
      cause,
      remedy: 'Install it beside this package (`npm install @openai/codex-sdk`), or use createCodexRunner, which does without.',
    });
  });
  return loading;
}
