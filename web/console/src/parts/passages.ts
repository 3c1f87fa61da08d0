/** Passages by their place in the original, and the original cut at these places. */
import type { PassageLine } from "../../../shared/api";

/** New wording by place; null disables the passage. */
export type Pending = ReadonlyMap<string, string | null>;

export const placeKey = (passage: { start: number; end: number }) => `${passage.start}-${passage.end}`;

export interface Segment {
  key: string | null;
  text: string;
}

/** The original in pieces: those that a passage was read from carry its key. Offsets count characters, not UTF-16 units. */
export function segments(text: string, passages: readonly PassageLine[]): Segment[] {
  const signs = Array.from(text);
  const sorted = [...passages].sort((a, b) => a.start - b.start || a.end - b.end);
  const found: Segment[] = [];
  let at = 0;
  for (const passage of sorted) {
    const start = Math.max(at, passage.start);
    if (start > at) found.push({ key: null, text: signs.slice(at, start).join("") });
    if (passage.end > start) found.push({ key: placeKey(passage), text: signs.slice(start, passage.end).join("") });
    at = Math.max(at, passage.end);
  }
  if (at < signs.length) found.push({ key: null, text: signs.slice(at).join("") });
  return found;
}
