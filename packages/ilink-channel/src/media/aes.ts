import { createCipheriv, createDecipheriv } from 'node:crypto';

/** AES-128-ECB with PKCS#7: what the CDN holds. It hides little and proves nothing, so sizes are checked apart from it. */
export function seal(plain: Uint8Array, key: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-128-ecb', key, null);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

/** Length of the ciphertext: a full block is added where the plaintext ends on one. */
export function sealedSize(plainSize: number): number {
  return (Math.floor(plainSize / 16) + 1) * 16;
}

/** Decrypts what flows through it; errors at the end where key and content do not belong together. */
export function unsealing(key: Uint8Array): TransformStream<Uint8Array, Uint8Array> {
  const decipher = createDecipheriv('aes-128-ecb', key, null);
  return new TransformStream({
    transform(chunk, controller) {
      const plain = decipher.update(chunk);
      if (plain.length > 0) controller.enqueue(plain);
    },
    flush(controller) {
      const plain = decipher.final();
      if (plain.length > 0) controller.enqueue(plain);
    },
  });
}

/** The key inside a media reference: base64 of 16 bytes, or of 32 hex digits. Undefined where it is neither. */
export function toKey(base64: string): Buffer | undefined {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length === 16 ? bytes : hexKey(bytes.toString('latin1'));
}

/** A key written as 32 hex digits. */
export function hexKey(text: string): Buffer | undefined {
  return /^[0-9a-f]{32}$/i.test(text) ? Buffer.from(text, 'hex') : undefined;
}
