import { stringField } from '../model/json.ts';
import { parseJson } from '../model/read-body.ts';
import { readMultipart } from './multipart.ts';
import { type Answer, no, ok, type StoredFile, type World } from './world.ts';

const fileTypes = ['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream'];

export function uploadImage(world: World, contentType: string, body: Buffer): Answer {
  const form = readMultipart(contentType, body);
  const image = form?.get('image');
  if (form?.get('image_type')?.bytes.toString() !== 'message' || image === undefined) {
    world.mistake('image.create: a form with image_type=message and image is wanted.');
    return no(234_001, 'bad form');
  }
  if (image.bytes.length === 0 || image.bytes.length > 10 * 1024 * 1024) return no(234_006, 'size');
  if (!/^(?:\x89PNG|\xff\xd8\xff|GIF8|RIFF|BM)/.test(image.bytes.subarray(0, 8).toString('latin1'))) return no(234_011, 'format');
  const key = keepFile(world, { name: image.filename ?? 'image', kind: 'image', bytes: image.bytes, isOwn: true });
  return ok({ image_key: key });
}

export function uploadFile(world: World, contentType: string, body: Buffer): Answer {
  const form = readMultipart(contentType, body);
  const file = form?.get('file');
  const name = form?.get('file_name')?.bytes.toString();
  if (file === undefined || name === undefined || !fileTypes.includes(form?.get('file_type')?.bytes.toString() ?? '')) {
    world.mistake('file.create: a form with file_type, file_name and file is wanted.');
    return no(234_001, 'bad form');
  }
  if (file.bytes.length === 0 || file.bytes.length > 30 * 1024 * 1024) return no(234_006, 'size');
  return ok({ file_key: keepFile(world, { name, kind: 'file', bytes: file.bytes, isOwn: true }) });
}

export function keepFile(world: World, file: Omit<StoredFile, 'key'>): string {
  const key = world.nextId(file.kind === 'image' ? 'img_v3_' : 'file_v3_');
  world.files.set(key, { ...file, key });
  return key;
}

/** What a person sent. Children of a merged forward answer under the id of the forward. */
export function getResource(world: World, message: string, key: string, type: string | undefined): Answer {
  if (type !== 'image' && type !== 'file') {
    world.mistake('resource.get: type is required.');
    return no(234_001, 'type');
  }
  const stored = world.messages.get(message);
  if (stored === undefined) return no(234_003, 'no such message');
  if (stored.upper !== undefined || stored.type === 'sticker' || stored.type === 'interactive')
    return no(234_043, 'unsupported message');
  const inside = [stored, ...[...world.messages.values()].filter((one) => one.upper === message)];
  const file = world.files.get(key);
  if (file === undefined || !inside.some((one) => hasKey(one.content, key))) return no(234_003, 'key not in this message');
  if (world.chats.get(stored.chat)?.hasBot === false) return no(234_004, 'bot not in the chat');
  return { ...ok(), file };
}

function hasKey(content: string, key: string): boolean {
  const json = parseJson(content);
  return stringField(json, 'file_key') === key || stringField(json, 'image_key') === key || content.includes(`"${key}"`);
}
