import { expect, it } from "vitest";

import type { PassageLine } from "../../../shared/api";
import { segments } from "./passages";

function passage(start: number, end: number): PassageLine {
  return { id: null, text: "", first: "", heading: "", clause: null, start, end, garbled: false, suspicious: false, edited: false, places: [] };
}

it("rare characters outside the basic plane do not shift the highlight", () => {
  expect(segments("𠮷田甲乙丙", [passage(2, 4)])).toEqual([
    { key: null, text: "𠮷田" },
    { key: "2-4", text: "甲乙" },
    { key: null, text: "丙" },
  ]);
});

it("passages that overlap lose no character and repeat none", () => {
  const parts = segments("一二三四五六", [passage(0, 4), passage(2, 6)]);
  expect(parts.map((part) => part.text).join("")).toBe("一二三四五六");
});
