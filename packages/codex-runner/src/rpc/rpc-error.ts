/** The other side refused: an error object came back. */
export class RpcError extends Error {
  readonly method: string;
  readonly code: number;
  readonly data: unknown;

  constructor(method: string, code: number, message: string, data?: unknown) {
    super(message);
    this.name = 'RpcError';
    this.method = method;
    this.code = code;
    this.data = data;
  }
}

/** No answer came: the connection ended, or the time was over. */
export class NoReplyError extends Error {
  readonly method: string;
  readonly reason: 'closed' | 'timeout';
  /** False: the request never left, so it surely had no effect. */
  readonly wasSent: boolean;

  constructor(method: string, reason: 'closed' | 'timeout', wasSent: boolean, message: string) {
    super(message);
    this.name = 'NoReplyError';
    this.method = method;
    this.reason = reason;
    this.wasSent = wasSent;
  }
}
