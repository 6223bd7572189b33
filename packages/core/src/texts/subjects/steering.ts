import { named } from '../named.ts';
import type { Translated } from '../translated.ts';

const en = {
  steered: (p: { readonly words: string }) => `Put into the run in progress${p.words === '' ? '' : ':'}${named(p.words, ' ')}.`,
  steerRefused: (p: { readonly reason: string; readonly words: string }) =>
    `Your message${named(p.words, ' ')} could not be put into the run in progress (${p.reason}). It waits for the next run.`,
  steerUnknown: (p: { readonly words: string }) =>
    `It is unknown whether your steering words${named(p.words, ' ')} reached the run, because the program stopped at that moment.`,
  steerNothing: (p: { readonly words: string }) =>
    `Nothing is running, so${named(p.words, ' ')} went nowhere. Without \`/steer\` it begins a run.`,
};

const zh: Translated<typeof en> = {
  steered: (p) => `已插入当前任务${p.words === '' ? '' : '：'}${named(p.words)}。`,
  steerRefused: (p) => `你的消息${named(p.words)}无法插入当前任务（${p.reason}），已排到下一次运行。`,
  steerUnknown: (p) => `程序在那一刻停止，无法确定你插入的内容${named(p.words)}是否到达任务。`,
  steerNothing: (p) => `当前没有任务在运行，${named(p.words)}没有送出。不带 \`/steer\` 发送即可开始任务。`,
};

/** Words put into a run that goes on. */
export const steering = { en, zh };
