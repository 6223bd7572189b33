import { unsupported, wrongValue } from '../api-error.ts';
import type { ImagePart } from './items.ts';

const inlineImage = /^data:image\/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/_=-]/i;

/** A picture as Codex takes it. Addresses are refused, not fetched: a request must not make this program visit other hosts. */
export function toImage(url: string, param: string): ImagePart {
  if (/^https?:/i.test(url)) throw unsupported(param, 'Remote images are not fetched; send the image as a base64 data: URL.');
  if (!inlineImage.test(url)) throw wrongValue(param, 'it must be a base64 data: URL of a png, jpeg, gif or webp image.');
  return { type: 'input_image', image_url: url };
}
