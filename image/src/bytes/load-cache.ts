// A cache of things that are loaded: shared while on their way, dropped oldest first when they cost too much.

export interface LoadCache<Key, Value> {
  /** The value under `key`, loaded when it is not there. A load that fails is tried again the next time. */
  get(key: Key, load: () => Promise<Value>): Promise<Value>;
  /** The value under `key` if it is there already. */
  peek(key: Key): Value | undefined;
}

/** `budget` bounds the sum of `cost` over the values kept; the newest stays whatever it costs. */
export function loadCache<Key, Value extends object>(
  budget: number,
  cost: (value: Value) => number,
): LoadCache<Key, Value> {
  const loading = new Map<Key, Promise<Value>>();
  const kept = new Map<Key, Value>(); // in the order of their last use
  let total = 0;
  let newest: Key | undefined;

  function keep(key: Key, value: Value): void {
    kept.set(key, value);
    newest = key;
    total += cost(value);
    for (const [oldKey, old] of kept) {
      if (total <= budget || oldKey === key) break;
      kept.delete(oldKey);
      total -= cost(old);
    }
  }

  function peek(key: Key): Value | undefined {
    const value = kept.get(key);
    // Moving a key costs more than all else here, and mostly the one that is wanted again is the newest.
    if (value !== undefined && key !== newest) {
      kept.delete(key);
      kept.set(key, value);
      newest = key;
    }
    return value;
  }

  async function start(key: Key, load: () => Promise<Value>): Promise<Value> {
    try {
      const value = await load();
      keep(key, value);
      return value;
    } finally {
      loading.delete(key);
    }
  }

  return {
    peek,
    async get(key, load) {
      const found = peek(key) ?? loading.get(key);
      if (found !== undefined) return found;
      const started = start(key, load);
      loading.set(key, started);
      return started;
    },
  };
}
