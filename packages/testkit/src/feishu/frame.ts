/** A frame of the long connection: protobuf `pbbp2.Frame`. Field numbers as the official SDKs have them. */
export interface Frame {
  readonly seqId: number;
  readonly logId: number;
  readonly service: number;
  /** 0 control, 1 data. */
  readonly method: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Uint8Array;
}

const text = new TextEncoder();
const fromText = new TextDecoder();

/** Writes a frame; the first four fields are required by the schema and always there. */
export function encodeFrame(frame: Frame): Buffer {
  return Buffer.concat([
    ...[frame.seqId, frame.logId, frame.service, frame.method].flatMap((value, index) => [
      varint((index + 1) << 3),
      varint(value),
    ]),
    ...Object.entries(frame.headers).flatMap(([key, value]) => {
      const header = Buffer.concat([bytesField(1, text.encode(key)), bytesField(2, text.encode(value))]);
      return [bytesField(5, header)];
    }),
    bytesField(8, frame.payload),
  ]);
}

/** Reads a frame. Throws a RangeError where the bytes are none. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const numbers: number[] = [0, 0, 0, 0, 0];
  const headers: Record<string, string> = {};
  let payload: Uint8Array = new Uint8Array();
  for (const field of fields(bytes)) {
    if (typeof field.value === 'number') numbers[field.number] = field.value;
    else if (field.number === 5) Object.assign(headers, readHeader(field.value));
    else if (field.number === 8) payload = field.value;
  }
  const [, seqId = 0, logId = 0, service = 0, method = 0] = numbers;
  return { seqId, logId, service, method, headers, payload };
}

function readHeader(bytes: Uint8Array): Readonly<Record<string, string>> {
  const parts: string[] = ['', '', ''];
  for (const field of fields(bytes)) if (typeof field.value !== 'number') parts[field.number] = fromText.decode(field.value);
  return { [parts[1] ?? '']: parts[2] ?? '' };
}

function* fields(bytes: Uint8Array): Generator<{ readonly number: number; readonly value: number | Uint8Array }> {
  let at = 0;
  const take = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[at];
      if (byte === undefined) throw new RangeError('A frame ends in the middle of a number.');
      at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('A number of a frame is too long.');
  };
  while (at < bytes.length) {
    const tag = take();
    if ((tag & 7) === 0) {
      yield { number: tag >>> 3, value: take() };
      continue;
    }
    if ((tag & 7) !== 2) throw new RangeError('A frame has a field of a type that the schema does not know.');
    const end = take() + at;
    if (end > bytes.length) throw new RangeError('A frame ends in the middle of a field.');
    yield { number: tag >>> 3, value: bytes.subarray(at, end) };
    at = end;
  }
}

function bytesField(number: number, value: Uint8Array): Buffer {
  return Buffer.concat([varint((number << 3) | 2), varint(value.length), value]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...bytes, rest]);
}
