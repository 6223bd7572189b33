import type { OutboundAction, OutboundChoice, OutboundControls, OutboundField, OutboundForm } from '@threadbridge/contract';
import { jsonBytes } from '../json.ts';
import { fitJson, safeMarkdown } from '../markdown/safe.ts';
import type { Words } from '../words.ts';
import { button, type CardElement, countElements, maxCardElements, row } from './card-json.ts';

/** What controls may take of a card, in bytes of JSON. */
const controlBytes = 7_500;
const labelCharacters = 60;
const lineCharacters = 200;
/** What the platform takes. */
const inputCharacters = 1_000;

export interface ControlOptions {
  readonly words: Words;
  /** They stand on the card of a run, which the answer to a click must not replace. */
  readonly isLive?: true;
}

/** Buttons, a form and things to pick from, as many as fit; buttons come first. Pure. */
export function controlElements(controls: OutboundControls, options: ControlOptions): readonly CardElement[] {
  const { actions = [], form, choices = [] } = controls;
  const press: Press = (id, label, token, own) => button(id, label, { token, ...(options.isLive && { isLive: true }) }, own);
  const wanted = [
    ...(actions.length === 0
      ? []
      : [
          row(
            'actions',
            actions.map((action, index) => actionButton(action, index, press)),
          ),
        ]),
    ...(form === undefined ? [] : [formElement(form, press)]),
    ...choices.map((choice, index) => choiceRow(choice, index, press, options.words)),
  ];
  const shown: CardElement[] = [];
  let bytes = 0;
  let count = 0;
  for (const element of wanted) {
    bytes += jsonBytes(element) + 1;
    count += countElements([element]);
    if (bytes > controlBytes || count > maxCardElements / 2) break;
    shown.push(element);
  }
  return shown;
}

type Press = (id: string, label: string, token: string, own?: Parameters<typeof button>[3]) => CardElement;

function actionButton({ label, token, style }: OutboundAction, index: number, press: Press): CardElement {
  return press(`act_${index}`, oneLine(label, labelCharacters), token, { type: style ?? 'default' });
}

/** What it is on the left, the way to it on the right. */
function choiceRow(choice: OutboundChoice, index: number, press: Press, words: Words): CardElement {
  const detail = choice.detail === undefined ? '' : `\n<font color='grey'>${flat(choice.detail, lineCharacters)}</font>`;
  const text = { tag: 'markdown', content: `**${flat(choice.label, labelCharacters)}**${detail}` };
  const pick = press(`pick_${index}`, words.pick, choice.token);
  return {
    tag: 'column_set',
    element_id: `choice_${index}`,
    flex_mode: 'none',
    columns: [
      { tag: 'column', width: 'weighted', weight: 1, vertical_align: 'center', elements: [text] },
      { tag: 'column', width: 'auto', vertical_align: 'center', elements: [pick] },
    ],
  };
}

function formElement(form: OutboundForm, press: Press): CardElement {
  const { label, token, style } = form.submit;
  const submit = press('submit', oneLine(label, labelCharacters), token, { type: style ?? 'primary', submit: true });
  return { tag: 'form', element_id: 'form', name: 'form', elements: [...form.fields.flatMap(fieldElements), submit] };
}

function fieldElements(field: OutboundField): readonly CardElement[] {
  const label = { tag: 'markdown', content: flat(field.label, lineCharacters) } as unknown as CardElement;
  const { name, options, initial, isRequired } = field;
  const own = { name, ...(isRequired && { required: true }) };
  if (options === undefined) {
    const preset = initial === undefined ? {} : { default_value: Array.from(initial).slice(0, inputCharacters).join('') };
    return [label, { tag: 'input', ...own, ...preset, max_length: inputCharacters } as unknown as CardElement];
  }
  const offered = options.map((option) => ({ text: plain(option.label), value: option.value }));
  return [label, { tag: 'select_static', ...own, options: offered } as unknown as CardElement];
}

const plain = (text: string) => ({ tag: 'plain_text', content: oneLine(text, labelCharacters) });

function oneLine(text: string, max: number): string {
  return Array.from(text.replaceAll(/\s+/g, ' ').trim()).slice(0, max).join('');
}

/** One line of Markdown that means nothing but its words. */
function flat(text: string, max: number): string {
  return fitJson(
    safeMarkdown(oneLine(text, max)).replaceAll(/[*_`~[\]<>|\\]/g, (mark) => `\\${mark}`),
    4 * max,
  );
}
