/** Named places where an answer stands still until somebody opens them. */
export interface Gates {
  /** Opens the gate for good: for those who wait and for all who come later. */
  release(name: string): void;
  /** Resolves as soon as some answer stands at the gate, or has passed it. */
  reached(name: string): Promise<void>;
  /** Passes when the gate is open, or when the signal aborts; never rejects. */
  pass(name: string, signal: AbortSignal): Promise<void>;
}

interface Gate {
  readonly reached: Deferred;
  readonly opened: Deferred;
}

interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function deferred(): Deferred {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

export function createGates(): Gates {
  const gates = new Map<string, Gate>();
  const gate = (name: string): Gate => {
    const known = gates.get(name) ?? { reached: deferred(), opened: deferred() };
    gates.set(name, known);
    return known;
  };
  return {
    release: (name) => gate(name).opened.resolve(),
    reached: (name) => gate(name).reached.promise,
    async pass(name, signal) {
      if (signal.aborted) return;
      const { reached, opened } = gate(name);
      const left = deferred();
      const leave = () => left.resolve();
      signal.addEventListener('abort', leave, { once: true });
      reached.resolve();
      await Promise.race([opened.promise, left.promise]);
      signal.removeEventListener('abort', leave);
    },
  };
}
