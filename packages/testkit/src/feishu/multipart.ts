/** One part of a form that was uploaded. */
export interface FormPart {
  readonly filename: string | undefined;
  readonly bytes: Buffer;
}

/** Reads `multipart/form-data`; undefined where the body is none. */
export function readMultipart(contentType: string, body: Buffer): ReadonlyMap<string, FormPart> | undefined {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/.exec(contentType);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) return undefined;
  const parts = new Map<string, FormPart>();
  const line = Buffer.from(`--${mark}`);
  for (let from = body.indexOf(line); from !== -1; ) {
    const start = from + line.length + 2;
    const end = body.indexOf(line, start);
    if (end === -1) break;
    const split = body.indexOf('\r\n\r\n', start);
    const head = body.subarray(start, split).toString('utf8');
    const name = /name="([^"]*)"/.exec(head)?.[1];
    if (name !== undefined && split !== -1)
      parts.set(name, { filename: /filename="([^"]*)"/.exec(head)?.[1], bytes: body.subarray(split + 4, end - 2) });
    from = end;
  }
  return parts;
}
