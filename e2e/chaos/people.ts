import type { Dice } from './dice.ts';
import type { Ledger, Said, Seen } from './ledger.ts';
import type { Arena } from './open-arena.ts';
import { kinds } from './script.ts';

/** Somebody with a phone who writes prompts, answers questions and looks at what came. */
export interface Person extends Omit<Ledger, 'turns' | 'seen'> {
  /** Everything the person can read now. */
  seen(): readonly Seen[];
  prompt(dice: Dice): void;
  steer(): void;
  write(text: string): void;
  /** Answers one question that was not answered yet, if there is one. */
  answer(dice: Dice): Promise<void>;
}

interface Phone {
  say(text: string): void;
  seen(): readonly Seen[];
  /** Presses the newest button that says yes, where the phone has buttons. */
  press?(): Promise<unknown>;
}

function createPerson(name: string, letter: string, phone: Phone): Person {
  const said: Said[] = [];
  const answered = new Set<string>();
  function say(words: (tag: string) => string, isSteer: boolean): void {
    const tag = `${letter}${said.length + 1}`;
    said.push({ tag, at: Date.now(), isSteer });
    phone.say(words(tag));
  }
  return {
    name,
    said,
    seen: phone.seen,
    prompt(dice) {
      const kind = dice.pick(kinds);
      say((tag) => `${tag} ${kind}`, false);
    },
    steer: () => say((tag) => `/steer ${tag} steer`, true),
    write: phone.say,
    async answer(dice) {
      if (phone.press !== undefined && dice.next() < 0.7) await phone.press().catch(() => {});
      const open = phone.seen().findLast(({ id, text }) => !answered.has(id) && codeIn(text) !== undefined);
      if (open === undefined) return;
      answered.add(open.id);
      phone.say(`/${dice.next() < 0.8 ? 'approve' : 'deny'} ${codeIn(open.text)}`);
    },
  };
}

/** Codes are short and come again: a question is told by its message. */
function codeIn(text: string): string | undefined {
  return /\/approve (\w+)`? yes/.exec(text)?.[1];
}

/** One person on each platform. */
export function gather({ wechat, feishu }: Arena): readonly [Person, Person] {
  const onWechat: Phone = {
    say: (text) => void wechat.say(text),
    seen: () => wechat.sent.map(({ id, text = '', at }) => ({ id: String(id), text, at, changedAt: at })),
  };
  const onFeishu: Phone = {
    say: (text) => void feishu.say(text),
    seen() {
      const changes = new Map(feishu.cards.map(({ message, operations }) => [message, operations.at(-1)?.at]));
      const shown = feishu.sent.filter(({ isDeleted }) => !isDeleted);
      return shown.map(({ id, text, at }) => ({ id, text, at, changedAt: changes.get(id) ?? at }));
    },
    press: async () => feishu.click('Approve'),
  };
  return [createPerson('wechat', 'w', onWechat), createPerson('feishu', 'f', onFeishu)];
}
