import type { Logger } from '@threadbridge/contract';
import { isObject } from '../json.ts';
import type { SdkLogger } from './load-sdk.ts';

/**
 * Takes the SDK's lines into our log. The SDK logs whole requests (with the app secret, bearer tokens and message texts), so of an object
 * only its codes pass, and of a text what no secret can hide in.
 */
export function createSdkLogger(logger: Logger): SdkLogger {
  const to = (level: 'debug' | 'warn') => (parts: unknown) => {
    const safe = toSafe(parts);
    if (safe.length > 0) logger[level]({ said: safe }, 'the Feishu SDK says');
  };
  return { error: to('warn'), warn: to('warn'), info: to('debug'), debug: () => {}, trace: () => {} };
}

/** What may be written down of the parts of a line. */
export function toSafe(parts: unknown): readonly string[] {
  return (Array.isArray(parts) ? parts.flat(3) : [parts]).map(toSafePart).filter((part) => part !== '');
}

function toSafePart(part: unknown): string {
  if (typeof part === 'string') return redact(part).slice(0, 300);
  if (typeof part === 'number' || typeof part === 'boolean') return String(part);
  if (!isObject(part) && !(part instanceof Error)) return '';
  const source = part as unknown as Readonly<Record<string, unknown>>;
  const response = isObject(source.response) ? (source.response as Readonly<Record<string, unknown>>) : {};
  const data = isObject(response.data) ? (response.data as Readonly<Record<string, unknown>>) : {};
  return [source.name, source.code, response.status, data.code]
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map((value) => redact(String(value)).slice(0, 60))
    .join(' ');
}

/** Replaces what looks like a token, a secret, a ticket, or quoted JSON (which may hold a text of somebody). */
export function redact(text: string): string {
  return text
    .replaceAll(/\{[\s\S]*\}/g, '{…}')
    .replaceAll(/\b(?:[tuac]-[\w.-]{8,}|Bearer\s+\S+)/g, '[secret]')
    .replaceAll(/([?&](?:ticket|access_key|token|device_id|conn_id)=)[^&\s"']+/gi, '$1[secret]')
    .replaceAll(/\b[A-Za-z0-9+/_-]{24,}={0,2}/g, '[secret]');
}
