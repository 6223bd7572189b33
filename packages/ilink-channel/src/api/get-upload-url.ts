import { GatewayError } from '@threadbridge/contract';
import type { Api, CallOptions } from './call.ts';
import { textIn } from './wire.ts';

/** Numbered differently from item types. */
const uploadTypes = { image: 1, video: 2, file: 3 } as const;

export interface UploadRequest {
  readonly kind: keyof typeof uploadTypes;
  readonly to: string;
  /** 32 hex digits. */
  readonly fileKey: string;
  /** 32 hex digits. */
  readonly aesKey: string;
  readonly plainSize: number;
  readonly plainMd5: string;
  readonly sealedSize: number;
}

/** Where to put a file: a whole address, or a parameter for the CDN. */
export async function getUploadUrl(
  api: Api,
  { kind, to, fileKey, aesKey, plainSize, plainMd5, sealedSize }: UploadRequest,
  call: CallOptions,
): Promise<{ readonly url: string } | { readonly parameter: string }> {
  const answer = await api.post(
    'ilink/bot/getuploadurl',
    {
      filekey: fileKey,
      media_type: uploadTypes[kind],
      to_user_id: to,
      rawsize: plainSize,
      rawfilemd5: plainMd5,
      filesize: sealedSize,
      no_need_thumb: true,
      aeskey: aesKey,
    },
    call,
  );
  const url = textIn(answer, 'upload_full_url');
  if (url !== undefined) return { url };
  const parameter = textIn(answer, 'upload_param');
  if (parameter !== undefined) return { parameter };
  throw new GatewayError('channel.rejected', 'WeChat named no place to upload the file to.', { certain: true });
}
