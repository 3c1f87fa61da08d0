/** Messages that have not been answered yet: kept across reloads, so that nothing a person wrote is lost. */
import { forget, recall, remember } from "../../../shared/storage";

const KEY = "xiaoshen.outbox";

export interface Unsent {
  clientId: string;
  text: string;
}

export function unsent(): Unsent[] {
  try {
    const kept: unknown = JSON.parse(recall(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isUnsent) : [];
  } catch {
    return [];
  }
}

export function keep(message: Unsent): void {
  remember(KEY, JSON.stringify([...unsent().filter((m) => m.clientId !== message.clientId), message]));
}

export function settle(clientId: string): void {
  const left = unsent().filter((m) => m.clientId !== clientId);
  if (left.length > 0) remember(KEY, JSON.stringify(left));
  else forget(KEY);
}

function isUnsent(value: unknown): value is Unsent {
  return (
    typeof value === "object" && value !== null && "clientId" in value && "text" in value &&
    typeof value.clientId === "string" && typeof value.text === "string"
  );
}
