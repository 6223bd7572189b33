/** What an answer looks like to those who ask for the whole of it. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

/** The axios instance that the SDK brings, as far as it is used. */
export interface HttpInstance {
  request(config: object): Promise<unknown>;
  create(config: object): HttpInstance;
  readonly interceptors: {
    readonly request: { use(change: (config: HttpConfig) => HttpConfig): number; eject(id: number): void };
    readonly response: { use(change: (answer: WholeAnswer & { readonly config: HttpConfig }) => unknown): number };
  };
}
export interface HttpConfig {
  url?: string;
  /** Ours: the caller wants status and headers too. */
  readonly isWhole?: boolean;
}

/** How the SDK tells things: one argument, a list of parts. */
export type SdkLog = (parts: unknown) => void;
export interface SdkLogger {
  readonly error: SdkLog;
  readonly warn: SdkLog;
  readonly info: SdkLog;
  readonly debug: SdkLog;
  readonly trace: SdkLog;
}

interface AppOptions {
  readonly appId: string;
  readonly appSecret: string;
  readonly domain: string;
  readonly logger: SdkLogger;
  readonly httpInstance: HttpInstance;
  readonly source: string;
}

export interface SdkSocket {
  start(options: { readonly eventDispatcher: SdkDispatcher }): Promise<void>;
  close(options: { readonly force: boolean }): void;
  getConnectionStatus(): { readonly state: 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'failed' };
}

export interface SdkDispatcher {
  register(handlers: Readonly<Record<string, (data: unknown) => Promise<unknown>>>): SdkDispatcher;
}

export interface RegisterAppOptions {
  readonly source: string;
  readonly signal: AbortSignal;
  readonly appId?: string;
  readonly addons?: object;
  onQRCodeReady(code: { readonly url: string; readonly expireIn: number }): void;
  onStatusChange(change: { readonly status: 'polling' | 'slow_down' | 'domain_switched'; readonly interval?: number }): void;
}

/** The official SDK, narrowed to what this package uses; its own types are 25 MB. */
export interface Sdk {
  readonly WSClient: new (
    options: AppOptions & {
      readonly loggerLevel: number;
      readonly handshakeTimeoutMs: number;
      readonly wsConfig: { readonly pingTimeout: number };
      onReady(): void;
      onError(error: Error): void;
      onReconnecting(): void;
      onReconnected(): void;
    },
  ) => SdkSocket;
  readonly EventDispatcher: new (options: { readonly logger: SdkLogger; readonly loggerLevel: number }) => SdkDispatcher;
  readonly LoggerLevel: { readonly info: number };
  readonly defaultHttpInstance: HttpInstance;
  registerApp(options: RegisterAppOptions): Promise<{
    readonly client_id: string;
    readonly client_secret: string;
    readonly user_info?: { readonly open_id?: string; readonly tenant_brand?: string };
  }>;
}

/** Loads the SDK on first use. */
export async function loadSdk(): Promise<Sdk> {
  return (await import('./used-parts.ts')) as unknown as Sdk;
}
