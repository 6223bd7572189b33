/**
 * Parses JSON without losing digits: integers too large for a double become text. The service writes its 64-bit ids as bare numbers;
 * read as doubles, neighbouring messages would share one id. Throws `SyntaxError` like `JSON.parse`.
 */
export function parseWire(json: string): unknown {
  return JSON.parse(/\d{16}/.test(json) ? quoteLargeIntegers(json) : json);
}

function quoteLargeIntegers(json: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < json.length; ) {
    const code = json.charCodeAt(at);
    if (code === quote) at = endOfString(json, at);
    else if (code === minus || isDigit(code)) {
      const end = endOfNumber(json, at);
      const text = json.slice(at, end);
      if (/^-?[1-9]\d{15,}$/.test(text) && !Number.isSafeInteger(Number(text))) {
        parts.push(json.slice(from, at), `"${text}"`);
        from = end;
      }
      at = end;
    } else at += 1;
  }
  return parts.length === 0 ? json : parts.join('') + json.slice(from);
}

const quote = 34;
const backslash = 92;
const minus = 45;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Behind the closing quote of the string that opens at `at`. */
function endOfString(json: string, at: number): number {
  for (let next = at + 1; next < json.length; next += 1) {
    const code = json.charCodeAt(next);
    if (code === backslash) next += 1;
    else if (code === quote) return next + 1;
  }
  return json.length;
}

function endOfNumber(json: string, at: number): number {
  let end = at + 1;
  while (end < json.length && /[\d.eE+-]/.test(json.charAt(end))) end += 1;
  return end;
}
