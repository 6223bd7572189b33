import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { upload } from '../api.ts';
import { Icon } from '../parts/icon.tsx';
import { say } from '../state/chats.ts';
import { draftOf } from '../state/drafts.ts';
import { texts } from '../texts/texts.ts';

/** Where a message is written. `isRunning`: it waits for the run that goes on. */
export function Composer({ chat, isRunning }: { readonly chat: string; readonly isRunning: boolean }) {
  const { value: words } = texts;
  const { text, files } = draftOf(chat);
  const isSending = useSignal(false);
  const problem = useSignal<string | undefined>(undefined);
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const isEmpty = text.value.trim() === '' && files.value.length === 0;

  const send = async () => {
    if (isEmpty || isSending.value) return;
    isSending.value = true;
    problem.value = undefined;
    const [written, added] = [text.value, files.value];
    text.value = '';
    files.value = [];
    try {
      await say(
        chat,
        written.trim(),
        added.map(({ id }) => id),
      );
    } catch {
      problem.value = words.notSent;
      text.value = written;
      files.value = added;
    }
    isSending.value = false;
    area.current?.focus();
  };
  const command = (line: string) => void say(chat, line).catch(() => (problem.value = words.notSent));
  const add = async (chosen: Iterable<File>) => {
    for (const file of chosen) {
      try {
        files.value = [...files.value, { file, id: await upload(chat, file) }];
      } catch {
        problem.value = `${file.name}: ${words.failed}`;
      }
    }
  };
  const onKey = (event: KeyboardEvent) => {
    const isTyped = event.key === 'Enter' && !event.shiftKey && !event.isComposing;
    if (!isTyped || matchMedia('(pointer: coarse)').matches) return;
    event.preventDefault();
    void send();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void add(event.dataTransfer?.files ?? []);
      }}
    >
      <p class="problem" role="alert" hidden={problem.value === undefined}>
        {problem.value}
      </p>
      {files.value.length > 0 && (
        <ul class="drafts">
          {files.value.map(({ file, id }) => (
            <li key={id}>
              <Icon name="file" />
              {file.name}
              <button
                type="button"
                class="quiet small"
                aria-label={words.dropFile(file.name)}
                onClick={() => {
                  files.value = files.value.filter((one) => one.id !== id);
                }}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="composer-row">
        <button
          type="button"
          class="quiet round"
          aria-label={words.attach}
          title={words.attach}
          onClick={() => picker.current?.click()}
        >
          <Icon name="attach" />
        </button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label={words.attach}
          onChange={(event) => {
            void add(event.currentTarget.files ?? []);
            event.currentTarget.value = '';
          }}
        />
        <CommandMenu onCommand={command} />
        <textarea
          ref={area}
          rows={1}
          aria-label={words.writeHere}
          placeholder={words.writeHere}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
          onKeyDown={onKey}
          onPaste={(event) => void add(event.clipboardData?.files ?? [])}
        />
        <button
          type="submit"
          class="round primary"
          aria-label={words.send}
          title={isRunning ? words.queueHint : words.send}
          disabled={isEmpty || isSending.value}
        >
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}

function CommandMenu({ onCommand }: { readonly onCommand: (line: string) => void }) {
  const { value: words } = texts;
  const menu = useRef<HTMLDetailsElement>(null);
  const commands = [
    ['/new', words.commandNew],
    ['/status', words.commandStatus],
    ['/threads', words.commandThreads],
    ['/help', words.commandHelp],
  ] as const;
  const close = () => menu.current?.removeAttribute('open');
  return (
    <details
      ref={menu}
      class="menu"
      onKeyDown={(event) => event.key === 'Escape' && close()}
      onFocusOut={(event) => !menu.current?.contains(event.relatedTarget as Node | null) && close()}
    >
      <summary class="quiet round" aria-label={words.commands} title={words.commands}>
        <Icon name="slash" />
      </summary>
      <div class="menu-list">
        {commands.map(([line, label]) => (
          <button
            key={line}
            type="button"
            class="quiet"
            onClick={() => {
              close();
              onCommand(line);
            }}
          >
            <span>{label}</span>
            <code>{line}</code>
          </button>
        ))}
      </div>
    </details>
  );
}
