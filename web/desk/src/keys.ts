/** Keys of the whole page: the newest of what they do is asked, and what was understood goes no further. */
import { useEffect, useRef } from "react";

/** True where the key was understood. */
type Understood = (event: KeyboardEvent, target: HTMLElement) => boolean;

export function useKeys(understood: Understood): void {
  const newest = useRef<Understood>(() => false);
  useEffect(() => {
    newest.current = understood;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (newest.current(event, event.target as HTMLElement)) event.preventDefault();
    };
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  }, []);
}
