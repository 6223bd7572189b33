import { GatewayError, type RunInput } from '@threadbridge/contract';

/** Refuses, certain, what `codex exec` cannot do and would pass over in silence. `key` is passed over: nothing can be found by it here. */
export function checkSupported(input: RunInput): void {
  if (input.prompt === '') throw unsupported('run a turn without a prompt');
  if (input.history !== undefined) throw unsupported('put history before the prompt');
  if (input.tools !== undefined) throw unsupported('offer tools of yours to the model');
  if (input.ephemeral === true) throw unsupported('run a thread that is not kept');
  if (input.environment === 'none') throw unsupported('run a thread without a directory');
  if (input.usage === 'early') throw unsupported('tell of tokens before the end of the turn');
  if (input.approvals === 'untrusted') throw unsupported('ask before each command');
  if (input.sandbox === 'read-only' && input.network === true) throw unsupported('give network to a read-only sandbox');
  // What is no id Codex takes for a name, and begins a new thread where it knows none.
  if (input.thread !== undefined && !/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(input.thread)) {
    throw new GatewayError('runner.thread_not_found', 'This is no id of a thread.', {
      certain: true,
      remedy: 'Begin a new thread, or choose another one.',
    });
  }
}

function unsupported(what: string): GatewayError {
  return new GatewayError('runner.unsupported', `The SDK cannot ${what}.`, {
    certain: true,
    remedy: 'Use createCodexRunner, which drives app-server and can.',
  });
}
