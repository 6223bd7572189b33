import { memo } from 'preact/compat';
import type { ChatFile, ChatItem } from '../../wire.ts';
import { Icon } from '../parts/icon.tsx';
import { Markdown } from '../parts/markdown.tsx';
import { language } from '../state/preferences.ts';
import { clockTime, fileSize } from '../texts/moments.ts';
import { texts } from '../texts/texts.ts';
import { Controls, RunControls } from './controls.tsx';
import { RunView } from './run-view.tsx';

/** One thing in a chat. Drawn again only when it changed. */
export const Item = memo(({ chat, item }: { readonly chat: string; readonly item: ChatItem }) => {
  const { value: words } = texts;
  const time = (
    <time class="time" dateTime={new Date(item.at).toISOString()}>
      {clockTime(item.at, language.value)}
    </time>
  );
  switch (item.type) {
    case 'mine':
      return (
        <article class={`message mine ${item.text.startsWith('/') ? 'command' : ''}`} aria-label={words.you}>
          <div class="bubble">
            {item.text !== '' && <p class="typed">{item.text}</p>}
            <Files files={item.files} />
          </div>
          {time}
        </article>
      );
    case 'said': {
      const isQuestion = item.controls !== undefined || item.chosen !== undefined;
      return (
        <article class={`message said ${isQuestion ? 'question' : ''}`} aria-label={item.title ?? words.codex}>
          <div class="bubble">
            {item.controls !== undefined && (
              <p class="eyebrow">
                <Icon name="warn" />
                {words.question}
              </p>
            )}
            {item.title !== undefined && <h3>{item.title}</h3>}
            <Markdown text={item.markdown} />
            <Files files={item.files} />
            {item.controls !== undefined && <Controls chat={chat} controls={item.controls} />}
            {item.chosen !== undefined && (
              <p class="chosen">
                <Icon name="check" />
                {words.chosen(item.chosen)}
              </p>
            )}
          </div>
          {time}
        </article>
      );
    }
    case 'run':
      return (
        <article class="message said" aria-label={words.codex} aria-busy={item.isOpen}>
          <RunView view={item.view} isOpen={item.isOpen} />
          {item.controls !== undefined && <RunControls chat={chat} controls={item.controls} isOpen={item.isOpen} />}
          {time}
        </article>
      );
  }
});

const pictures: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

function Files({ files }: { readonly files: readonly ChatFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul class="files">
      {files.map((file) => (
        <li key={file.name}>
          {file.href === undefined ? (
            <span class="file">
              <Icon name="file" />
              {file.name}
            </span>
          ) : (
            <a class="file" href={file.href} download={pictures.has(file.mediaType) ? undefined : file.name}>
              {pictures.has(file.mediaType) ? <img src={file.href} alt={file.name} loading="lazy" /> : <Icon name="file" />}
              <span>{file.name}</span>
              <span class="faint">{fileSize(file.sizeBytes)}</span>
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
