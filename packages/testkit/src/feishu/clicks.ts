import { randomBytes } from 'node:crypto';
import { isObject, type JsonObject, stringField } from '../model/json.ts';
import { parseJson } from '../model/read-body.ts';
import { allElements, checkCard } from './card-rules.ts';
import { isStreaming } from './cards.ts';
import { tellEvent } from './tell-event.ts';
import { type Answer, no, ok, type StoredMessage, type World } from './world.ts';

/** What the person who clicked sees. */
export interface ClickOutcome {
  /** 0, or what the client shows: 200340 no callback, 200341 nobody answered in time, 200671 the handler failed, 200672/200673 a bad answer. */
  readonly code: number;
  readonly toast?: { readonly type: string; readonly content: string };
  readonly card?: JsonObject;
}

export interface ClickOptions {
  /** An open id. Default: the owner. */
  readonly from?: string;
  /** What was filled into the form; a list offers its values, and what is required must be there. */
  readonly form?: JsonObject;
  /** What is sent in the place of the button's own value: a client that was tampered with. */
  readonly value?: JsonObject;
  /** Which of several buttons with the same label, from 0. Default 0. */
  readonly index?: number;
}

/** Presses the button with this label on a message of the bot. */
export async function click(
  world: World,
  owner: string,
  message: StoredMessage,
  label: string,
  options: ClickOptions,
): Promise<ClickOutcome> {
  const entity = message.card === undefined ? undefined : world.cards.get(message.card);
  const json = entity?.json ?? parseJson(message.content);
  const root = isObject(json) && isObject(json.body) && Array.isArray(json.body.elements) ? json.body.elements : [];
  const buttons = allElements(root).filter((one) => one.tag === 'button' && stringField(one.text, 'content') === label);
  const button = buttons[options.index ?? 0];
  if (button === undefined) throw new Error(`There is no button "${label}" on message ${message.id}.`);
  const behaviors = Array.isArray(button.behaviors) ? button.behaviors : [];
  const callback = behaviors.filter(isObject).find((one) => one.type === 'callback');
  if (callback === undefined) return { code: 200_340 };
  const token = `c-${randomBytes(12).toString('hex')}`;
  const used = { message: message.id, at: world.clock.now(), uses: 0, isAnswered: false };
  world.clickTokens.set(token, used);
  if (entity !== undefined) entity.clicks += 1;
  const from = options.from ?? owner;
  const isSubmit = button.form_action_type === 'submit';
  if (isSubmit) checkForm(root, button, options.form ?? {});
  const delivery = tellEvent(
    world,
    'card.action.trigger',
    {
      operator: { tenant_key: 'tenant', open_id: from, union_id: `on_${from}` },
      token,
      action: {
        value: options.value ?? callback.value,
        tag: 'button',
        timezone: 'Asia/Shanghai',
        ...(button.name !== undefined && { name: button.name }),
        ...(isSubmit && { form_value: options.form ?? {} }),
      },
      host: 'im_message',
      context: { open_message_id: message.id, open_chat_id: message.chat },
    },
    { once: true },
  );
  const answer = await delivery.first;
  if (entity !== undefined) entity.clicks -= 1;
  used.isAnswered = true;
  world.changed();
  if (answer === undefined) return { code: 200_341 };
  if (answer.code !== 200) return { code: 200_671 };
  return outcome(world, message, answer.data);
}

/** The client lets nobody send a form that is not filled in as the card says. */
function checkForm(root: readonly unknown[], submit: JsonObject, filled: JsonObject): void {
  const form = root.filter(isObject).find((one) => one.tag === 'form' && allElements([one]).includes(submit));
  const fields = allElements(form === undefined ? [] : [form]).filter((one) => one.tag !== 'button' && one.name !== undefined);
  for (const field of fields) {
    const name = stringField(field, 'name');
    const value = filled[name];
    if (field.required === true && (value === undefined || value === '')) throw new Error(`The field "${name}" is required.`);
    const offered = Array.isArray(field.options) ? field.options.map((one) => stringField(one, 'value')) : undefined;
    if (offered !== undefined && value !== undefined && !offered.includes(String(value)))
      throw new Error(`The list "${name}" does not offer ${JSON.stringify(value)}.`);
  }
  const strange = Object.keys(filled).find((name) => !fields.some((field) => field.name === name));
  if (strange !== undefined) throw new Error(`The form has no field "${strange}".`);
}

function outcome(world: World, message: StoredMessage, data: unknown): ClickOutcome {
  if (data === undefined || data === null) return { code: 0 };
  if (!isObject(data)) return { code: 200_672 };
  const toast = isObject(data.toast)
    ? { type: stringField(data.toast, 'type', 'info'), content: stringField(data.toast, 'content') }
    : undefined;
  if (toast !== undefined && !['info', 'success', 'error', 'warning'].includes(toast.type)) return { code: 200_672 };
  const card = isObject(data.card) ? data.card.data : undefined;
  if (card === undefined) return { code: 0, ...(toast && { toast }) };
  if (checkCard(card, world.rules) !== undefined || !isObject(card)) return { code: 200_673 };
  showCard(world, message, card);
  return { code: 0, ...(toast && { toast }), card };
}

function showCard(world: World, message: StoredMessage, card: JsonObject): void {
  const entity = message.card === undefined ? undefined : world.cards.get(message.card);
  if (entity === undefined) message.content = JSON.stringify(card);
  else if (isStreaming(world, entity)) world.mistake('A click was answered with a card while the card was streaming.');
  else entity.json = card;
  world.changed();
}

/** `interactive/v1/card/update`: after the answer, at most twice, for thirty minutes. */
export function delayedUpdate(world: World, body: JsonObject): Answer {
  const used = world.clickTokens.get(stringField(body, 'token'));
  const message = used === undefined ? undefined : world.messages.get(used.message);
  if (used === undefined || message === undefined) return no(300_030, 'no such token');
  if (!used.isAnswered) {
    world.mistake('card.delayed: the click has not been answered yet.');
    return no(300_040, 'the callback was not answered');
  }
  if (used.uses >= 2 || world.clock.now() - used.at > 30 * 60_000) return no(300_020, 'the token is used up');
  const wrong = checkCard(body.card, world.rules);
  if (wrong !== undefined || !isObject(body.card)) return no(300_050, wrong?.message ?? 'no card');
  used.uses += 1;
  showCard(world, message, body.card);
  return ok();
}
