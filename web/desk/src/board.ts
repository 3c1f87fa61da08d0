/** The board, asked for again every few seconds; the last one stays while a new one comes. */
import { useEffect, useState } from "react";

import type { Board } from "../../shared/api";
import { ask } from "../../shared/staff/server";

export function useBoard(every = 3000): { board: Board | null; failure: unknown } {
  const [board, setBoard] = useState<Board | null>(null);
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    const load = () =>
      void ask<Board>("/api/desk/supervision/board").then((now) => {
        setBoard(now);
        setFailure(undefined);
      }, setFailure);
    load();
    const timer = window.setInterval(load, every);
    return () => window.clearInterval(timer);
  }, [every]);
  return { board, failure };
}
