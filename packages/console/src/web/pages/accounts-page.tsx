import { useSignal } from '@preact/signals';
import type { ChannelEntry, GatewayStatus } from '@threadbridge/contract';
import { post } from '../api.ts';
import { Badge, Nothing } from '../parts/panel.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useResource } from '../state/resource.ts';
import { texts } from '../texts/texts.ts';
import { LoginDialog } from './login-dialog.tsx';

const tones = {
  starting: 'calm',
  connected: 'good',
  unreachable: 'bad',
  'needs-login': 'bad',
  failed: 'bad',
  ended: 'calm',
} as const;

/** The accounts of the profile, and logging them in. */
export function AccountsPage() {
  const { value: words } = texts;
  const status = useResource<GatewayStatus>('status', 'channels');
  const loggingIn = useSignal<string | undefined>(undefined);
  const logIn = (channel: string) => {
    loggingIn.value = channel;
    void post(`logins/${channel}`).catch(() => {});
  };
  const accounts = status.data?.channels.filter(({ type }) => type !== undefined);
  const others = status.data?.channels.filter(({ type }) => type === undefined) ?? [];
  return (
    <div class="page">
      <h1>{words.nav.accounts}</h1>
      <Trouble of={status} />
      {accounts?.length === 0 && <Nothing>{words.accountsNone}</Nothing>}
      <ul class="cards">
        {[...(accounts ?? []), ...others].map((channel) => (
          <li key={channel.id} class="card">
            <Account channel={channel} onLogIn={() => logIn(channel.id)} />
          </li>
        ))}
      </ul>
      {loggingIn.value !== undefined && (
        <LoginDialog
          channel={loggingIn.value}
          onAgain={logIn}
          onClose={() => {
            loggingIn.value = undefined;
          }}
        />
      )}
    </div>
  );
}

function Account({ channel, onLogIn }: { readonly channel: ChannelEntry; readonly onLogIn: () => void }) {
  const { value: words } = texts;
  const hasLogin = channel.state === 'connected' || channel.state === 'unreachable';
  const kind = channel.type === 'ilink' || channel.type === 'feishu' ? channel.type : 'own';
  return (
    <>
      <div class="panel-head">
        <h2>{channel.id}</h2>
        <Badge tone={tones[channel.state]}>{words.channelState[channel.state]}</Badge>
      </div>
      <p class="faint">{words.channelType[kind]}</p>
      {channel.problem !== undefined && <p class="problem">{channel.problem}</p>}
      {channel.canLogin && (
        <button type="button" class={hasLogin ? '' : 'primary'} onClick={onLogIn}>
          {hasLogin ? words.logInAgain : words.logIn}
        </button>
      )}
    </>
  );
}
