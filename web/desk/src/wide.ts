/** Whether the side panel has room beside the conversation. */
import { useMemo, useSyncExternalStore } from "react";

const WIDE = "(min-width: 1180px)";

export function useWide(): boolean {
  const query = useMemo(() => matchMedia(WIDE), []);
  return useSyncExternalStore(
    (told) => {
      query.addEventListener("change", told);
      return () => query.removeEventListener("change", told);
    },
    () => query.matches,
  );
}
