import { expect, it } from "vitest";

import { addressOf, placeOf } from "./place";

it("a document's name survives the way through the address, whatever is in it", () => {
  const name = "关于 100% 减免/说明?#.txt";
  expect(placeOf(addressOf(["documents", name])).path).toEqual(["documents", name]);
});

it("empty filters do not stand in the address", () => {
  expect(addressOf(["documents"], { text: "", page: 2, state: undefined })).toBe("/console/documents?page=2");
});

it("a broken escape in an address opens what it can instead of failing", () => {
  expect(placeOf("/console/documents/%E4%B8").path).toEqual(["documents", "%E4%B8"]);
});
