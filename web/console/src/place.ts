/** Where in the console somebody is: everything that filters or opens is in the address, so that it can be sent on. */
import { useMemo, useSyncExternalStore } from "react";

const HOME = "/console";

export interface Place {
  /** The parts of the path after /console, decoded. */
  path: string[];
  query: URLSearchParams;
}

const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("popstate", listener);
  };
}

export function placeOf(address: string): Place {
  const [path = "", query = ""] = address.split("?");
  const parts = path.slice(HOME.length).split("/").filter(Boolean);
  return { path: parts.map(decoded), query: new URLSearchParams(query) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function addressOf(path: readonly string[], query: Record<string, string | number | undefined> = {}): string {
  const filled = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const asked = new URLSearchParams(filled.map(([name, value]) => [name, String(value)])).toString();
  return [HOME, ...path.map(encodeURIComponent)].join("/") + (asked ? `?${asked}` : "");
}

const here = () => location.pathname + location.search;

export function usePlace(): Place {
  const address = useSyncExternalStore(subscribe, here);
  return useMemo(() => placeOf(address), [address]);
}

/** Go somewhere; `instead` replaces the entry of the history (for filters while they are typed). */
export function go(address: string, instead = false): void {
  if (address === here()) return;
  if (instead) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  tell();
  if (!instead) scrollTo(0, 0);
}
