import type { RunItem, TurnDetail, TurnPage } from '@threadbridge/contract';
import { Steps } from '../chat/steps.tsx';
import { Icon } from '../parts/icon.tsx';
import { Markdown } from '../parts/markdown.tsx';
import { Nothing } from '../parts/panel.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { say } from '../state/chats.ts';
import { language } from '../state/preferences.ts';
import { useResource } from '../state/resource.ts';
import { go, hrefOf } from '../state/route.ts';
import { clockTime } from '../texts/moments.ts';
import { texts } from '../texts/texts.ts';

/** The latest turns of one thread, oldest first, and the way to go on with it. */
export function ThreadPage({ thread }: { readonly thread: string }) {
  const { value: words } = texts;
  const page = useResource<TurnPage>(`threads/${encodeURIComponent(thread)}/turns`, 'runs');
  const goOn = async () => {
    const chat = `chat-${Date.now().toString(36)}`;
    await say(chat, `/resume ${thread}`);
    go('chat', chat);
  };
  return (
    <div class="page">
      <p>
        <a class="back" href={hrefOf('threads')}>
          <Icon name="left" />
          {words.threadBack}
        </a>
      </p>
      <div class="panel-head">
        <h1 class="thread-name">{thread}</h1>
        <button type="button" class="primary" onClick={() => void goOn()}>
          {words.threadContinue}
        </button>
      </div>
      <Trouble of={page} />
      {page.data?.turns.length === 0 && <Nothing>{words.turnsNone}</Nothing>}
      {page.data?.turns.toReversed().map((turn) => (
        <Turn key={turn.turn} turn={turn} />
      ))}
    </div>
  );
}

const isStep = (item: RunItem) => ['command', 'file.change', 'tool.call', 'web.search'].includes(item.type);

function Turn({ turn }: { readonly turn: TurnDetail }) {
  const { value: words } = texts;
  const steps = turn.items.filter(isStep);
  return (
    <section class="panel turn" aria-label={words.turn(turn.status)}>
      {turn.items.map(
        (item) =>
          item.type === 'user.message' && (
            <p key={item.id} class="typed asked-here">
              {item.text}
            </p>
          ),
      )}
      {steps.length > 0 && (
        <details class="folded">
          <summary>
            <Icon name="right" />
            {words.steps(steps.length)}
          </summary>
          <Steps steps={steps} />
        </details>
      )}
      {turn.items.map((item) => item.type === 'agent.message' && <Markdown key={item.id} text={item.text} />)}
      {turn.error !== undefined && <p class="problem">{turn.error}</p>}
      {turn.startedAt !== undefined && <p class="faint">{clockTime(turn.startedAt, language.value)}</p>}
    </section>
  );
}
