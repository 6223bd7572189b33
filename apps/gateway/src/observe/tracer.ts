/** As much of OpenTelemetry's `Tracer` as the gateway uses; one of `@opentelemetry/api` fits. */
export interface Tracer {
  startSpan(name: string, options: { readonly attributes: SpanAttributes; readonly startTime: number }): Span;
}

export interface Span {
  setAttributes(attributes: SpanAttributes): unknown;
  /** 1: went well; 2: did not. */
  setStatus(status: { readonly code: 1 | 2; readonly message?: string }): unknown;
  end(endTime: number): void;
}

/** Holds no words of people and no secret. */
export type SpanAttributes = Record<string, string | number | boolean>;
