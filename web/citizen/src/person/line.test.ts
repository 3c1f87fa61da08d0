import { describe, expect, it } from "vitest";

import type { HandoffLine } from "../../../shared/api";
import { NOTHING, seen, shown, told } from "./line";

const line = (seq: number, change: Partial<HandoffLine> = {}): HandoffLine => ({
  type: "line",
  seq,
  kind: "message",
  at: "2026-11-23T02:00:00Z",
  side: "clerk",
  from_person: true,
  clerk: null,
  clerk_name: "王",
  client_id: null,
  text: `第${String(seq)}句`,
  file: null,
  until: null,
  number: null,
  word: null,
  ...change,
});

describe("a conversation with a person", () => {
  it("shows a line once, however often it comes, and in its order", () => {
    const talk = [line(2), line(1), line(2)].reduce(told, NOTHING);
    expect(talk.lines.map((one) => one.seq)).toEqual([1, 2]);
    expect(seen(talk)).toBe(2);
  });

  it("takes what was said for sent when its line comes", () => {
    const talk = { ...NOTHING, unsent: [{ clientId: "m1", text: "在吗" }] };
    expect(told(talk, line(3, { side: "citizen", client_id: "m1" })).unsent).toEqual([]);
  });

  it("hides what is no news to the citizen", () => {
    expect(shown(told(NOTHING, line(1, { text: null })))).toEqual([]);
  });
});
