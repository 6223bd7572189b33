import type { HostAsk, HostReply } from '../decide/host-ask.ts';

/** The program around the engine, as far as a chat may ask something of it. Implemented by the gateway. */
export interface Host {
  /** Costs no turn. What could not be done is a reply; what is thrown ends the gateway. `exit` and `reload` only begin. */
  ask(ask: HostAsk): Promise<HostReply>;
}
