import type { Dice } from './dice.ts';
import type { Said, Seen } from './judge.ts';
import type { Arena } from './open-arena.ts';
import { kinds } from './script.ts';

/** Somebody with a phone who writes prompts, answers questions and looks at what came. */
export interface Person {
  readonly name: string;
  readonly said: readonly Said[];
  /** Everything the person can read now. */
  seen(): readonly Seen[];
  prompt(): void;
  steer(): void;
  write(text: string): void;
  /** Answers one question that was not answered yet, if there is one. */
  answer(): Promise<void>;
}

interface Phone {
  say(text: string): void;
  seen(): readonly Seen[];
}

function createPerson(name: string, letter: string, phone: Phone, dice: Dice, press?: () => Promise<unknown>): Person {
  const said: Said[] = [];
  const answered = new Set<string>();
  const nextTag = () => `${letter}${said.length + 1}`;
  function say(text: string, tag: string, isSteer: boolean): void {
    said.push({ tag, at: Date.now(), isSteer });
    phone.say(text);
  }
  return {
    name,
    said,
    seen: phone.seen,
    prompt: () => say(`please do ${nextTag()} ${dice.pick(kinds)} now`, nextTag(), false),
    steer: () => say(`/steer and ${nextTag()} steer too`, nextTag(), true),
    write: phone.say,
    async answer() {
      if (press !== undefined && dice.next() < 0.7) await press().catch(() => {});
      const codes = phone
        .seen()
        .flatMap(({ text }) => Array.from(text.matchAll(/\/approve (\w+)`? yes/g), ([, code = '']) => code));
      const code = codes.findLast((one) => !answered.has(one));
      if (code === undefined) return;
      answered.add(code);
      phone.say(`/${dice.next() < 0.8 ? 'approve' : 'deny'} ${code}`);
    },
  };
}

/** One person on each platform. */
export function gather({ wechat, feishu }: Arena, dice: Dice): readonly [Person, Person] {
  const onWechat: Phone = {
    say: (text) => void wechat.say(text),
    seen: () => wechat.sent.map(({ text = '', at }) => ({ text, at })),
  };
  const onFeishu: Phone = {
    say: (text) => void feishu.say(text),
    seen: () => feishu.sent.filter(({ isDeleted }) => !isDeleted).map(({ text, at }) => ({ text, at })),
  };
  const press = async () => {
    await feishu.click('Approve');
  };
  return [createPerson('wechat', 'w', onWechat, dice), createPerson('feishu', 'f', onFeishu, dice, press)];
}
