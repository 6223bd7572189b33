import { HTTPException } from 'hono/http-exception';

/** Reads a body of at most so many bytes; stops reading at the first byte too many. Throws 413. */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw new HTTPException(413);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.length;
    if (size > maxBytes) throw new HTTPException(413);
    parts.push(part);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Reads a small JSON object. Throws 400 and 413. */
export async function readObject(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const bytes = await readBody(request, 1024 * 1024);
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  } catch {
    throw new HTTPException(400);
  }
  throw new HTTPException(400);
}
