import { expect, test } from "vitest";

import type { DeskTicket } from "../../shared/api";
import { clockOf, spoken } from "./clock";

const at = (second: number) => new Date(second * 1000).toISOString();
const ticket = (changes: Partial<DeskTicket>) =>
  ({ state: "waiting", waiting_since: at(0), asked_at: at(0), answer_by: null, accepted_at: null, call_at: null, ...changes }) as DeskTicket;

test("somebody who waits is told by number and colour at thirty and forty-five seconds", () => {
  expect(clockOf(ticket({}), 29_000)).toMatchObject({ text: "0:29", tone: "calm" });
  expect(clockOf(ticket({}), 30_000).tone).toBe("soon");
  expect(clockOf(ticket({}), 45_000).tone).toBe("late");
});

test("who is owed an answer counts down, and over", () => {
  const talking = ticket({ state: "talking", answer_by: at(180) });
  expect(clockOf(talking, 60_000)).toMatchObject({ text: "2:00", tone: "calm" });
  expect(clockOf(talking, 190_000)).toMatchObject({ text: "-0:10", tone: "late" });
});

test("long times are told in hours", () => {
  expect(spoken(7300)).toBe("2小时");
});
