/** Carries whole messages to and from one app-server. How they are framed (lines on a pipe, frames on a socket) is its own affair. */
export interface Transport {
  /** Called once, before anything is sent. */
  listen(listener: TransportListener): void;
  /** Writes one message. False: it surely did not go out, as nobody is there any more. */
  send(message: string): boolean;
  /** Ends it in good order; resolves when it is over. */
  close(): Promise<void>;
  /** The process at the other end, where it is our child. */
  readonly pid?: number | undefined;
}

export interface TransportListener {
  onMessage(text: string): void;
  /** The last call. */
  onClosed(end: TransportEnd): void;
}

/** How it ended, for people. */
export interface TransportEnd {
  readonly message: string;
  /** The program could not be started at all. */
  readonly isMissing?: boolean;
}
