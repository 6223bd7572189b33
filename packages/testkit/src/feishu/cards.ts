import { isObject, type JsonObject, stringField } from '../model/json.ts';
import { parseJson } from '../model/read-body.ts';
import { allElements, type CardRefusal, checkCard, checkElements } from './card-rules.ts';
import { type Answer, isOverRate, no, ok, type StoredCard, type World } from './world.ts';

/** What an operation on an entity was called with. */
export interface CardCall {
  readonly card: string;
  readonly element?: string;
  readonly body: JsonObject;
}

const fourteenDaysMs = 14 * 24 * 3_600_000;

export function createCard(world: World, body: JsonObject): Answer {
  if (body.type !== 'card_json' || typeof body.data !== 'string') return no(10_002, 'type or data is wrong');
  const json = parseJson(body.data);
  const wrong = checkCard(json, world.rules);
  if (wrong !== undefined) return refused(world, 'card.create', wrong);
  return ok({ card_id: keepCard(world, json as JsonObject).id });
}

/** Keeps a card as an entity, also one that came with a message. */
export function keepCard(world: World, json: JsonObject, message?: string): StoredCard {
  const config = isObject(json.config) ? json.config : {};
  const card: StoredCard = {
    id: world.nextId('card_'),
    json,
    sequence: 0,
    createdAt: world.clock.now(),
    streamingSince: config.streaming_mode === true ? world.clock.now() : undefined,
    isTimeoutTold: false,
    summary: stringField(config.summary, 'content'),
    message,
    clicks: 0,
    inFlight: 0,
    uuids: new Set(),
    times: [],
    operations: [],
  };
  world.cards.set(card.id, card);
  world.changed();
  return card;
}

/** Whether the chat list shows "generating" now. */
export function isStreaming(world: World, card: StoredCard): boolean {
  return card.streamingSince !== undefined && world.clock.now() - card.streamingSince < world.rules.streamingMs;
}

/** What every operation must pass: the entity is there, nobody is clicking, the sequence grows, not too often. */
export function operate(world: World, operation: string, call: CardCall, apply: (card: StoredCard) => Answer): Answer {
  const card = world.cards.get(call.card);
  const now = world.clock.now();
  if (card === undefined) return no(200_740, 'card entity not exist');
  if (now - card.createdAt > fourteenDaysMs) return no(200_750, 'card entity expired');
  if (card.inFlight > 1) world.mistake(`${operation}: another operation on card ${card.id} has not been answered yet.`);
  const { sequence, uuid } = call.body;
  if (typeof sequence !== 'number' || !Number.isInteger(sequence) || sequence < 1 || sequence > 2_147_483_647) {
    world.mistake(`${operation}: sequence is no int32 from 1 on.`);
    return no(300_317, 'sequence invalid');
  }
  if (typeof uuid === 'string' && uuid.length > 64) return no(10_002, 'uuid too long');
  if (typeof uuid === 'string' && card.uuids.has(uuid)) return ok();
  if (isOverRate(card.times, now, world.rules.cardOperationsPerSecond)) {
    world.mistake(`${operation}: more than ${world.rules.cardOperationsPerSecond} operations a second on card ${card.id}.`);
    return { ...no(99_991_400, 'request trigger frequency limit'), status: 429 };
  }
  if (sequence <= card.sequence) {
    world.mistake(`${operation}: sequence ${sequence} does not exceed ${card.sequence}.`);
    return no(300_317, 'sequence number compare failed');
  }
  if (card.message !== undefined && world.messages.get(card.message)?.isDeleted) return no(230_011, 'the message was recalled');
  if (card.clicks > 0) return no(200_810, 'user is interacting with the card');
  const answer = apply(card);
  if (answer.code !== 0) return answer;
  card.sequence = sequence;
  if (typeof uuid === 'string') card.uuids.add(uuid);
  card.operations.push({ operation, sequence, at: now });
  world.changed();
  return answer;
}

export function updateCard(world: World, call: CardCall): Answer {
  return operate(world, 'card.update', call, (card) => {
    const wrapped = call.body.card;
    const json = isObject(wrapped) && wrapped.type === 'card_json' ? parseJson(stringField(wrapped, 'data')) : undefined;
    const wrong = checkCard(json, world.rules);
    if (wrong !== undefined) return refused(world, 'card.update', wrong);
    // Whether a replacement touches streaming is not documented; the careful reading is that it does not.
    card.json = json as JsonObject;
    return ok();
  });
}

export function changeSettings(world: World, call: CardCall): Answer {
  return operate(world, 'card.settings', call, (card) => {
    const settings = typeof call.body.settings === 'string' ? parseJson(call.body.settings) : undefined;
    return isObject(settings) ? applySettings(world, card, settings) : no(300_122, 'settings is no JSON text');
  });
}

function applySettings(world: World, card: StoredCard, settings: JsonObject): Answer {
  const config = isObject(settings.config) ? settings.config : undefined;
  if (config === undefined) return no(300_122, 'settings has no config');
  if (typeof config.streaming_mode === 'boolean') {
    card.streamingSince = config.streaming_mode ? world.clock.now() : undefined;
    card.isTimeoutTold = false;
  }
  if (isObject(config.summary)) card.summary = stringField(config.summary, 'content');
  card.json = { ...card.json, config: { ...(isObject(card.json.config) ? card.json.config : {}), ...config } };
  return ok();
}

export function streamContent(world: World, call: CardCall): Answer {
  return operate(world, 'element.content', call, (card) => {
    const { content } = call.body;
    if (typeof content !== 'string' || content.length < 1 || content.length > 100_000) return no(10_002, 'content length');
    const element = elementsOf(card.json).find((one) => one.element_id === call.element);
    if (element === undefined) return no(300_313, 'element not found');
    if (element.tag !== 'markdown' && element.tag !== 'plain_text') return no(300_310, 'element has no text');
    if (!isStreaming(world, card)) return streamingIsOver(world, card);
    return replaceElement(world, card, call.element ?? '', { ...element, content });
  });
}

function streamingIsOver(world: World, card: StoredCard): Answer {
  if (card.streamingSince === undefined) {
    world.mistake('element.content: streaming is switched off.');
    return no(300_309, 'streaming mode is closed');
  }
  const isFirst = !card.isTimeoutTold;
  card.isTimeoutTold = true;
  if (!isFirst) world.mistake('element.content: streaming had timed out, and the client knew.');
  return isFirst ? no(200_850, 'card streaming timeout') : no(300_309, 'streaming mode is closed');
}

export function batchUpdate(world: World, call: CardCall): Answer {
  return operate(world, 'card.batch', call, (card) => {
    const actions = typeof call.body.actions === 'string' ? parseJson(call.body.actions) : undefined;
    if (!Array.isArray(actions) || actions.length === 0) return no(10_002, 'actions is no JSON text of a list');
    const before = { ...card };
    for (const action of actions) {
      const answer = act(
        world,
        card,
        stringField(action, 'action'),
        isObject(action) && isObject(action.params) ? action.params : {},
      );
      if (answer.code === 0) continue;
      Object.assign(card, { json: before.json, streamingSince: before.streamingSince, summary: before.summary });
      return answer;
    }
    return ok();
  });
}

function act(world: World, card: StoredCard, name: string, params: JsonObject): Answer {
  switch (name) {
    case 'partial_update_setting':
      return isObject(params.settings) ? applySettings(world, card, params.settings) : no(300_122, 'settings is no object');
    case 'add_elements':
      return addElements(world, card, params);
    case 'delete_elements': {
      const ids = Array.isArray(params.element_ids) ? params.element_ids : [];
      const missing = ids.find((id) => !elementsOf(card.json).some((one) => one.element_id === id));
      if (ids.length === 0 || missing !== undefined) return no(300_315, 'element to delete not found');
      return withElements(world, card, without(rootOf(card.json), ids));
    }
    case 'update_element':
      return isObject(params.element)
        ? replaceElement(world, card, stringField(params, 'element_id'), params.element)
        : no(300_313, 'no element');
    case 'partial_update_element': {
      const id = stringField(params, 'element_id');
      const old = elementsOf(card.json).find((one) => one.element_id === id);
      if (old === undefined || !isObject(params.partial_element)) return no(300_313, 'element not found');
      return replaceElement(world, card, id, { ...old, ...params.partial_element });
    }
    default:
      world.mistake(`card.batch: "${name}" is no action.`);
      return no(10_002, 'unknown action');
  }
}

/** `elements` here is a list; the single call takes JSON text. */
function addElements(world: World, card: StoredCard, params: JsonObject): Answer {
  const added = Array.isArray(params.elements) ? params.elements : [];
  const target = stringField(params, 'target_element_id');
  const root = rootOf(card.json);
  if (added.length === 0) return no(300_314, 'nothing to add');
  if (params.type === 'append' && target === '') return withElements(world, card, [...root, ...added]);
  const at = root.findIndex((one) => isObject(one) && one.element_id === target);
  if (at === -1 || (params.type !== 'insert_before' && params.type !== 'insert_after')) return no(300_314, 'target not found');
  return withElements(world, card, root.toSpliced(params.type === 'insert_before' ? at : at + 1, 0, ...added));
}

export function elementCall(world: World, kind: 'create' | 'update' | 'patch' | 'delete', call: CardCall): Answer {
  return operate(world, `element.${kind}`, call, (card) => {
    const { body } = call;
    const id = call.element ?? '';
    const json = (name: string) => parseJson(stringField(body, name));
    switch (kind) {
      case 'create':
        return act(world, card, 'add_elements', { ...body, elements: json('elements') });
      case 'update':
        return act(world, card, 'update_element', { element_id: id, element: json('element') });
      case 'patch':
        return act(world, card, 'partial_update_element', { element_id: id, partial_element: json('partial_element') });
      case 'delete':
        return act(world, card, 'delete_elements', { element_ids: [id] });
    }
  });
}

export function convertId(world: World, body: JsonObject): Answer {
  const message = world.messages.get(stringField(body, 'message_id'));
  if (message === undefined || message.type !== 'interactive') return no(10_002, 'no card message');
  if (message.card !== undefined && !world.rules.convertsEntities) return no(10_002, 'the message shows an entity');
  message.card ??= keepCard(world, parseJson(message.content) as JsonObject, message.id).id;
  return ok({ card_id: message.card });
}

function replaceElement(world: World, card: StoredCard, id: string, element: JsonObject): Answer {
  if (!elementsOf(card.json).some((one) => one.element_id === id)) return no(300_313, 'element not found');
  return withElements(world, card, mapElements(rootOf(card.json), id, element));
}

function withElements(world: World, card: StoredCard, elements: readonly unknown[]): Answer {
  const json = { ...card.json, body: { ...(card.json.body as JsonObject), elements } };
  const wrong = checkElements(elements, world.rules) ?? checkCard(json, world.rules);
  if (wrong !== undefined) return refused(world, 'card operation', wrong);
  card.json = json;
  return ok();
}

function mapElements(elements: readonly unknown[], id: string, element: JsonObject): readonly unknown[] {
  return elements.map((one) => {
    if (!isObject(one)) return one;
    if (one.element_id === id) return element;
    return Array.isArray(one.elements) ? { ...one, elements: mapElements(one.elements, id, element) } : one;
  });
}

function without(elements: readonly unknown[], ids: readonly unknown[]): readonly unknown[] {
  return elements
    .filter((one) => !(isObject(one) && ids.includes(one.element_id)))
    .map((one) => (isObject(one) && Array.isArray(one.elements) ? { ...one, elements: without(one.elements, ids) } : one));
}

function rootOf(json: JsonObject): readonly unknown[] {
  return isObject(json.body) && Array.isArray(json.body.elements) ? json.body.elements : [];
}

function elementsOf(json: JsonObject): readonly JsonObject[] {
  return allElements(rootOf(json));
}

function refused(world: World, operation: string, wrong: CardRefusal): Answer {
  world.mistake(`${operation}: ${wrong.message}.`);
  return no(wrong.code, wrong.code === 230_099 ? `ErrCode: ${wrong.inner}; ErrMsg: ${wrong.message}` : wrong.message);
}
