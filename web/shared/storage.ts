/** Browser storage that may be blocked or full: then things are remembered for as long as the page is open. */
const memory = new Map<string, string>();

export function remember(key: string, value: string): void {
  memory.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // Blocked or full: the memory above has it.
  }
}

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

export function forget(key: string): void {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // Blocked: there was nothing to remove.
  }
}

/** What is half written, for this tab only: a phone may throw the page away while its camera is open. */
export function keepDraft(key: string, values: Record<string, string>): void {
  try {
    if (Object.keys(values).length > 0) sessionStorage.setItem(key, JSON.stringify(values));
    else sessionStorage.removeItem(key);
  } catch {
    // Blocked or full: the page itself still has it.
  }
}

export function draftOf(key: string): Record<string, string> {
  try {
    const read: unknown = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    const entries = typeof read === "object" && read !== null ? Object.entries(read) : [];
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch {
    return {};
  }
}
