import type { Scope } from '@threadbridge/contract';
import { go, hrefOf } from '../state/route.ts';
import { session } from '../state/session.ts';
import { texts } from '../texts/texts.ts';

/** The name of a conversation; a chat of this page is a link to it. */
export function ScopeName({ scope }: { readonly scope: Scope }) {
  const place = scope.id.slice(scope.channel.length + 1);
  const isOurs = session.value.state === 'in' && session.value.hello.channel === scope.channel;
  if (isOurs)
    return (
      <a
        class="scope"
        href={hrefOf('chat', place)}
        onClick={(event) => {
          event.preventDefault();
          go('chat', place);
        }}
      >
        {scope.channel} · {texts.value.chatNamed(place)}
      </a>
    );
  return (
    <span class="scope">
      {scope.channel} · {scope.title ?? place}
    </span>
  );
}
