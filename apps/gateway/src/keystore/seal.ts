import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import * as z from 'zod';

/** Secrets by name. */
export type Entries = Readonly<Record<string, string>>;

const sealedSchema = z.object({ version: z.literal(1), nonce: z.base64(), tag: z.base64(), data: z.base64() });
const entriesSchema = z.record(z.string(), z.string());

/** Belongs to what is authenticated, so that no other file under the same key is taken for this one. */
const purpose = Buffer.from('threadbridge key store 1');
const algorithm = 'aes-256-gcm';
const tagBytes = 16;

/** Encrypts with AES-256-GCM; the key is 32 bytes in base64url. A new nonce each time. */
export function seal(entries: Entries, key: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv(algorithm, Buffer.from(key, 'base64url'), nonce, { authTagLength: tagBytes }).setAAD(purpose);
  const data = Buffer.concat([cipher.update(JSON.stringify(entries), 'utf8'), cipher.final()]);
  const base64 = (bytes: Buffer) => bytes.toString('base64');
  return JSON.stringify({ version: 1, nonce: base64(nonce), tag: base64(cipher.getAuthTag()), data: base64(data) });
}

/** Throws where the text was not sealed with this key, or was changed since. */
export function unseal(text: string, key: string): Entries {
  const { nonce, tag, data } = sealedSchema.parse(JSON.parse(text));
  const decipher = createDecipheriv(algorithm, Buffer.from(key, 'base64url'), Buffer.from(nonce, 'base64'), {
    authTagLength: tagBytes,
  })
    .setAAD(purpose)
    .setAuthTag(Buffer.from(tag, 'base64'));
  const plain = Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]);
  return entriesSchema.parse(JSON.parse(plain.toString('utf8')));
}
