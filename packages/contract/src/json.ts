/** A value that survives `JSON.stringify` and back. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
/** An object that JSON can hold. */
export type JsonObject = { readonly [key: string]: JsonValue };
