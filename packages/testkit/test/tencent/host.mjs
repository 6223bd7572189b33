// What the plugin asks of the program it plugs into, as little of it as a conversation needs.
import { tmpdir } from 'node:os';

export const normalizeAccountId = (id) =>
  id
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, '-');
export const resolvePreferredOpenClawTmpDir = () => process.env.OPENCLAW_STATE_DIR ?? tmpdir();
export const withFileLock = (_path, _options, work) => work();
export const createTypingCallbacks = (callbacks) => callbacks;
export const resolveSenderCommandAuthorizationWithRuntime = async () => ({
  senderAllowedForCommands: true,
  commandAuthorized: true,
});
export const resolveDirectDmAuthorizationOutcome = () => 'authorized';
export const buildChannelConfigSchema = (schema) => schema;
export const getGlobalHookRunner = () => undefined;
export const fireAndForgetHook = () => {};
export const buildCanonicalSentMessageHookContext = (context) => context;
export const toPluginMessageContext = (context) => context;
export const toPluginMessageSentEvent = (context) => context;
