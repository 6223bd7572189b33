import { createHash, randomBytes } from 'node:crypto';
import { isObject, stringField } from '../model/json.ts';
import { decrypt, encrypt } from './aes.ts';
import type { IlinkMedia } from './ilink-message.ts';
import { type Bot, personOf, type World } from './world.ts';

/** `getuploadurl`. */
export function announceUpload(world: World, bot: Bot, body: unknown): Record<string, unknown> {
  const wrong = (what: string) => world.mistake(`getuploadurl: ${what}`);
  const fields = isObject(body) ? body : {};
  const filekey = stringField(fields, 'filekey');
  const key = stringField(fields, 'aeskey');
  const rawMd5 = stringField(fields, 'rawfilemd5');
  const { media_type: mediaType, rawsize: rawSize, filesize: fileSize } = fields;
  if (!/^[0-9a-f]{32}$/.test(filekey)) wrong('filekey is not 32 hex digits.');
  if (!/^[0-9a-f]{32}$/.test(key)) wrong('aeskey is not 32 hex digits.');
  if (!/^[0-9a-f]{32}$/.test(rawMd5)) wrong('rawfilemd5 is no MD5.');
  if (fields.no_need_thumb !== true) wrong('no_need_thumb is not true.');
  if (typeof rawSize !== 'number' || typeof fileSize !== 'number' || typeof mediaType !== 'number') {
    wrong('rawsize, filesize and media_type must be numbers.');
    return { ret: -3, errmsg: 'invalid argument' };
  }
  if (fileSize !== (Math.floor(rawSize / 16) + 1) * 16) wrong('filesize is not the length of the ciphertext.');
  const to = stringField(fields, 'to_user_id');
  if (personOf(bot, to).lastWroteAt === undefined) return { ret: -1, errmsg: 'unknown receiver' };
  const parameter = randomBytes(24).toString('base64');
  world.announced.set(parameter, { filekey, key, mediaType, to, rawSize, rawMd5, fileSize });
  const query = `encrypted_query_param=${encodeURIComponent(parameter)}&filekey=${filekey}`;
  return world.rules.namesUploadUrl
    ? { ret: 0, upload_full_url: `${world.url}/c2c/upload?${query}`, upload_param: parameter }
    : { ret: 0, upload_param: parameter };
}

/** The CDN takes a file. An error has a text for `x-error-message`. */
export function takeUpload(
  world: World,
  query: URLSearchParams,
  sealed: Uint8Array,
): { readonly handle: string } | { readonly error: string } {
  const parameter = query.get('encrypted_query_param') ?? '';
  const announced = world.announced.get(parameter);
  if (announced === undefined || announced.filekey !== query.get('filekey')) return { error: 'unknown upload' };
  if (sealed.length !== announced.fileSize) return { error: 'the size is not the announced one' };
  try {
    const bytes = decrypt(sealed, Buffer.from(announced.key, 'hex'));
    if (bytes.length !== announced.rawSize) world.mistake('upload: rawsize is not the size of the content.');
    if (md5(bytes) !== announced.rawMd5) world.mistake('upload: rawfilemd5 is not that of the content.');
  } catch {
    world.mistake('upload: the content cannot be decrypted with the announced key.');
  }
  const handle = randomBytes(24).toString('base64');
  world.files.set(handle, { sealed, key: announced.key, mediaType: announced.mediaType, to: announced.to });
  return { handle };
}

/** Puts a file of a person on the CDN. `keyForm`: how the key is written in the message. */
export function storeInbound(
  world: World,
  bytes: Uint8Array,
  keyForm: 'raw' | 'hex' = 'raw',
): { readonly media: IlinkMedia; readonly key: string; readonly sealedSize: number } {
  const key = randomBytes(16);
  const sealed = encrypt(bytes, key);
  const handle = randomBytes(24).toString('base64');
  world.files.set(handle, { sealed });
  const aesKey = keyForm === 'raw' ? key.toString('base64') : Buffer.from(key.toString('hex'), 'latin1').toString('base64');
  const full_url = `${world.url}/c2c/download?encrypted_query_param=${encodeURIComponent(handle)}`;
  return {
    media: { encrypt_query_param: handle, aes_key: aesKey, encrypt_type: 1, full_url },
    key: key.toString('hex'),
    sealedSize: sealed.length,
  };
}

export function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
