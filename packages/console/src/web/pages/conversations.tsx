import type { ConversationEntry } from '@threadbridge/contract';
import { Badge, Nothing, Panel } from '../parts/panel.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { language } from '../state/preferences.ts';
import { firstWords } from '../texts/first-words.ts';
import { fromNow } from '../texts/moments.ts';
import { texts } from '../texts/texts.ts';
import { MoreButton, usePaged } from './paged.tsx';
import { ScopeName } from './scope-name.tsx';

/** What waits, and all conversations. */
export function Conversations() {
  const { value: words } = texts;
  const paged = usePaged<ConversationEntry>('conversations', 'conversations');
  const waiting = paged.entries.filter(({ waiting, held }) => waiting.length + held.length > 0);
  return (
    <>
      <Panel title={words.queueTitle}>
        {waiting.length === 0 && <Nothing>{words.queueNone}</Nothing>}
        <ul class="rows">
          {waiting.map((conversation) => (
            <li key={conversation.scope.id}>
              <Waiting conversation={conversation} />
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={words.conversationsTitle}>
        <Trouble of={paged.first} />
        {paged.first.data !== undefined && paged.entries.length === 0 && <Nothing>{words.conversationsNone}</Nothing>}
        <ul class="rows">
          {paged.entries.map((conversation) => (
            <li key={conversation.scope.id} class="row flat">
              <span class="row-main">
                <ScopeName scope={conversation.scope} />
                <span class="row-text faint">{conversation.workspace}</span>
              </span>
              <span class="row-end">
                <Badge tone={conversation.phase === 'idle' ? 'calm' : 'busy'}>{words.phase[conversation.phase]}</Badge>
                <span class="faint">
                  {words.runCount(conversation.runs)} · {fromNow(conversation.updatedAt, language.value)}
                </span>
              </span>
            </li>
          ))}
        </ul>
        <MoreButton of={paged} />
      </Panel>
    </>
  );
}

function Waiting({ conversation }: { readonly conversation: ConversationEntry }) {
  const { value: words } = texts;
  const { scope, waiting, held } = conversation;
  return (
    <details class="row">
      <summary>
        <span class="row-main">
          <ScopeName scope={scope} />
          <span class="row-text">
            {[
              ...(waiting.length > 0 ? [words.waiting(waiting.length)] : []),
              ...(held.length > 0 ? [words.held(held.length)] : []),
            ].join(' · ')}
          </span>
        </span>
      </summary>
      <ul class="row-body">
        {waiting.map(({ text, at, name, by }) => (
          <li key={at}>
            <span class="faint">{name ?? by}</span> {text}
          </li>
        ))}
        {held.map(({ markdown, at }) => (
          <li key={at}>{firstWords(markdown)}</li>
        ))}
      </ul>
    </details>
  );
}
