// Tencent's own client, with an account that is stored on disk: answers every message, and prints what it understood.
// Arguments: address of the API, address of the CDN, credentials as JSON.
import { writeFile } from 'node:fs/promises';
import { createRequire, registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier.startsWith('openclaw/')
      ? { url: new URL('./host.mjs', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});
const [, , baseUrl, cdnBaseUrl, account] = process.argv;
const { token, accountId, userId } = JSON.parse(account);
const require = createRequire(import.meta.url);
const root = dirname(require.resolve('@tencent-weixin/openclaw-weixin/package.json'));
const load = (file) => import(pathToFileURL(join(root, 'dist', 'src', file)).href);
const { registerWeixinAccountId, resolveWeixinAccount, saveWeixinAccount } = await load('auth/accounts.js');
const { normalizeAccountId } = await import('./host.mjs');
const { weixinPlugin } = await load('channel.js');

const id = normalizeAccountId(accountId);
saveWeixinAccount(id, { token, baseUrl, userId });
registerWeixinAccountId(id);
const cfg = { channels: { 'openclaw-weixin': { cdnBaseUrl } } };
const print = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
let files = 0;

const channelRuntime = {
  commands: {},
  routing: { resolveAgentRoute: () => ({ agentId: 'main', sessionKey: 'one', mainSessionKey: 'one' }) },
  session: { resolveStorePath: () => 'sessions', recordInboundSession: async () => {} },
  media: {
    async saveMediaBuffer(bytes) {
      files += 1;
      const path = join(process.env.OPENCLAW_STATE_DIR, `media-${files}.png`);
      await writeFile(path, bytes);
      return { path };
    },
  },
  reply: {
    finalizeInboundContext: (context) => context,
    resolveHumanDelayConfig: () => undefined,
    createReplyDispatcherWithTyping: (dispatcher) => ({ dispatcher, replyOptions: {}, markDispatchIdle() {} }),
    withReplyDispatcher: ({ run }) => run(),
    async dispatchReplyFromConfig({ ctx, dispatcher }) {
      print({ event: 'message', body: ctx.Body, quote: ctx.ReplyToBody, media: ctx.MediaPath });
      await dispatcher.typingCallbacks.start();
      await dispatcher.deliver({ text: `echo: ${ctx.Body}`, ...(ctx.MediaPath && { mediaUrl: ctx.MediaPath }) });
      await dispatcher.typingCallbacks.stop();
    },
  },
};

const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
const context = {
  account: resolveWeixinAccount(cfg, id),
  cfg,
  channelRuntime,
  abortSignal: stop.signal,
  runtime: { log() {}, error: (error) => print({ event: 'error', error }) },
};
await weixinPlugin.gateway.startAccount(context);
await weixinPlugin.gateway.stopAccount(context);
process.exit(0);
