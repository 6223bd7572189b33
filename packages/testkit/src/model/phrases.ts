import { parseDirectives } from './directives.ts';
import type { ModelRequest } from './model-request.ts';
import { readToolReport, type ToolReport } from './tool-report.ts';

export type Language = 'en' | 'zh';

/** Chinese when the user's own words hold a Chinese character, else English. */
export function languageOf(request: ModelRequest): Language {
  return /\p{Script=Han}/u.test(parseDirectives(request.lastUserText).rest) ? 'zh' : 'en';
}

/** The phrases of the built-in script, in one language. */
export interface Phrases {
  readonly introduction: string;
  readonly echo: (text: string) => string;
  readonly pictures: (count: number) => string;
  readonly first: string;
  readonly place: (count: number, first: string) => string;
  readonly tips: readonly string[];
  readonly counting: string;
  readonly planDone: string;
  readonly lookAround: string;
  readonly writing: (path: string) => string;
  readonly fileContent: (count: number, text: string) => string;
  readonly escalation: string;
  readonly compaction: (count: number, first: string) => string;
  readonly unknownWord: (name: string, known: string) => string;
  readonly report: Readonly<Record<ToolReport['outcome'], (detail: string) => string>>;
  readonly done: string;
}

const block = (detail: string) => (detail === '' ? '' : `\n\n\`\`\`\n${detail}\n\`\`\``);

export const phrases: Readonly<Record<Language, Phrases>> = {
  en: {
    introduction:
      'Hello! I am a scripted model: no intelligence, only a small program on this computer, so I cost nothing and nothing leaves it. Everything around me is real, though: Codex, its sandbox, its approvals and this chat.',
    echo: (text) => `You wrote: “${text}”`,
    pictures: (count) => `I got ${count === 1 ? 'one picture' : `${count} pictures`} with it, but I cannot see.`,
    first: 'This is the first message of this thread.',
    place: (count, first) => `This is message ${count} of this thread; your first one was “${first}”.`,
    tips: [
      'Try “write a file”, and I will change one for real.',
      'Try “run `ls -la`”, and I will run it in the sandbox.',
      'Try “ask for approval”, and I will want to leave the sandbox first.',
      'Try “make a plan”, “count slowly”, or words like [[run: date]].',
    ],
    counting: 'One … two … three … four … five … six … seven … eight … nine … ten. That was slow on purpose.',
    planDone:
      'That is the plan, from first look to last check, and all of it is done: I am only a script, so it was a short one.',
    lookAround: 'I do not know how tests are run here, so I look around first.',
    writing: (path) => `I write ${path} for you.`,
    fileContent: (count, text) =>
      `# Hello\n\nThe scripted model wrote this file at message ${count} of the thread.\nThe message was: ${text}\n`,
    escalation: 'May I write the date to approved.txt, outside the sandbox?',
    compaction: (count, first) => `Summary of the thread so far: ${count} messages of the user; the first one was “${first}”.`,
    unknownWord: (name, known) => `I do not know the word [[${name}]]. I know: ${known}.`,
    report: {
      done: (detail) => `Done.${block(detail)}`,
      failed: (detail) => `That did not work:${block(detail)}`,
      refused: (detail) => `That was not allowed, so I left it.${block(detail)}`,
      running: (detail) => `It is still running; so far:${block(detail)}`,
      answered: (detail) => `The tool answered:${block(detail)}`,
    },
    done: 'Done.',
  },
  zh: {
    introduction:
      '你好！我是脚本模型：没有智能，只是这台电脑上的一个小程序，不花钱，任何内容也不会离开这台电脑。但我周围的一切都是真的：Codex、它的沙箱、它的审批，还有这个聊天。',
    echo: (text) => `你写的是：“${text}”`,
    pictures: (count) => `还收到 ${count} 张图片，可是我看不见。`,
    first: '这是本线程的第一条消息。',
    place: (count, first) => `这是本线程的第 ${count} 条消息；你的第一条是“${first}”。`,
    tips: [
      '试试“写一个文件”，我会真的改动一个文件。',
      '试试“运行 `ls -la`”，我会在沙箱里运行它。',
      '试试“请求审批”，我会先请求离开沙箱。',
      '试试“做个计划”、“慢慢数数”，或者 [[run: date]] 这样的指令。',
    ],
    counting: '一……二……三……四……五……六……七……八……九……十。我是故意这么慢的。',
    planDone: '这就是计划，从查看到检查都已完成：我只是个脚本，所以很短。',
    lookAround: '我不知道这里怎么跑测试，先看看有什么。',
    writing: (path) => `我来为你写 ${path}。`,
    fileContent: (count, text) => `# 你好\n\n脚本模型在本线程的第 ${count} 条消息时写了这个文件。\n消息是：${text}\n`,
    escalation: '可以在沙箱之外把日期写入 approved.txt 吗？',
    compaction: (count, first) => `到目前为止的摘要：用户共 ${count} 条消息；第一条是“${first}”。`,
    unknownWord: (name, known) => `我不认识 [[${name}]]。我认识：${known}。`,
    report: {
      done: (detail) => `完成。${block(detail)}`,
      failed: (detail) => `没有成功：${block(detail)}`,
      refused: (detail) => `没有获得允许，我就没有做。${block(detail)}`,
      running: (detail) => `仍在运行，目前输出：${block(detail)}`,
      answered: (detail) => `工具回答：${block(detail)}`,
    },
    done: '完成。',
  },
};

/** The last word after tool calls: what the last of them said. */
export function sayOutcome(request: ModelRequest): string {
  const words = phrases[languageOf(request)];
  const last = request.outputs.at(-1);
  if (!last) return words.done;
  const { outcome, detail } = readToolReport(last.text);
  return words.report[outcome](detail);
}
