/** Hides what must not be written down. */
export interface Redactor {
  /** From now on this value is hidden wherever it appears. */
  conceal(value: string): void;
  text(text: string): string;
  /** A copy that is safe to write. Fields named like a secret or like people's words are hidden, too. */
  fields(fields: object): Record<string, unknown>;
}

const hidden = '[secret]';
const maxDepth = 6;

/** Words of field names whose texts are never written, however the name is put together (`apiKey`, `context_token`). */
const secretWords = new Set(
  (
    'token tokens key keys secret secrets authorization password cookie credential credentials ticket ' +
    'prompt prompts text texts markdown excerpt content body'
  ).split(' '),
);

/** Repetitions are bounded, so that no text makes a search slow. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, hidden],
  [/\b(Bearer|Basic)\s+[\w.~+/=:@-]{8,}/gi, `$1 ${hidden}`],
  // Address with a login in it.
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@]{1,300}@/gi, `$1${hidden}@`],
  [/([?&][\w-]{0,40}(?:token|key|secret|ticket|sign|signature|password|code)=)[^&\s"'#]+/gi, `$1${hidden}`],
  [
    /((?:token|secret|password|api_?key|authorization)"?\s*[:=]\s*"?)(?!\[secret\]|Bearer |Basic )[^\s",;}&]{6,}/gi,
    `$1${hidden}`,
  ],
  [/\beyJ[\w-]{8,}\.[\w-]{4,}(\.[\w-]*)?/g, hidden],
  [/\bsk-[\w-]{12,}/g, hidden],
  // Feishu's tenant and user tokens; iLink's bot tokens.
  [/\b[tu]-[A-Za-z0-9]{24,}/g, hidden],
  [/\b[\w-]{1,80}@im\.bot:[\w-]{6,}/g, hidden],
  [/\b(gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|xox[abeprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|AIza[\w-]{30,})/g, hidden],
];

export function createRedactor(): Redactor {
  const concealed = new Set<string>();

  function text(value: string): string {
    let safe = value;
    for (const secret of concealed) safe = safe.replaceAll(secret, hidden);
    for (const [shape, replacement] of shapes) safe = safe.replace(shape, replacement);
    return safe;
  }

  function copy(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return text(value);
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
    if (depth > maxDepth) return '[…]';
    if (value instanceof Error) return errorFields(value, depth);
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (value instanceof Map || value instanceof Set) return `[${value.size} entries]`;
    if ('toJSON' in value && typeof value.toJSON === 'function') return copy(value.toJSON(), depth + 1);
    if (Array.isArray(value)) return value.map((inner) => copy(inner, depth + 1));
    return fields(value, depth);
  }

  function fields(value: object, depth: number): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        text(name),
        isSecretName(name) && !isHarmless(inner) ? hidden : copy(inner, depth + 1),
      ]),
    );
  }

  /** Only what is known of errors: others hang whole requests on them. */
  function errorFields(error: Error, depth: number): Record<string, unknown> {
    return {
      name: error.name,
      ...('code' in error && { code: copy(error.code, depth + 1) }),
      message: text(error.message),
      ...(error.stack !== undefined && { stack: text(error.stack) }),
      ...(error.cause !== undefined && { cause: copy(error.cause, depth + 1) }),
    };
  }

  return {
    conceal(value) {
      // Hiding a short word would hide half of the log and tell what it is.
      if (value.length >= 6) concealed.add(value);
    },
    text,
    fields: (value) => fields(value, 0),
  };
}

function isSecretName(name: string): boolean {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => secretWords.has(word));
}

function isHarmless(value: unknown): boolean {
  return value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean';
}
