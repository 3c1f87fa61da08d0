/** Data of the server by key: what is shown stays until the new has come, and a failure says what to do. */
import { useCallback, useEffect, useRef, useState } from "react";

export interface Loaded<T> {
  data: T | undefined;
  failure: unknown;
  loading: boolean;
  reload: () => void;
}

interface Kept<T> {
  wanted: string;
  data: T | undefined;
  failure: unknown;
}

export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [kept, setKept] = useState<Kept<T>>({ wanted: "", data: undefined, failure: undefined });
  const [turn, setTurn] = useState(0);
  const loader = useRef(load);
  const wanted = `${key}#${turn}`;
  useEffect(() => {
    loader.current = load;
  });
  useEffect(() => {
    const stop = new AbortController();
    loader.current(stop.signal).then(
      (data) => setKept({ wanted, data, failure: undefined }),
      (failure: unknown) => {
        if (!stop.signal.aborted) setKept((before) => ({ wanted, data: before.data, failure }));
      },
    );
    return () => stop.abort();
  }, [wanted]);
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  return { data: kept.data, failure: kept.failure, loading: kept.wanted !== wanted, reload };
}
