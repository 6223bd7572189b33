import { createCipheriv, createDecipheriv } from 'node:crypto';

/** AES-128-ECB with PKCS#7, the scheme of the CDN. */
export function encrypt(plain: Uint8Array, key: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-128-ecb', key, null);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

/** Throws where key and content do not belong together, as far as the padding shows it. */
export function decrypt(sealed: Uint8Array, key: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-128-ecb', key, null);
  return Buffer.concat([decipher.update(sealed), decipher.final()]);
}
