/** Clocks of the queue: counted from the server's time, told by number and by colour. Pure, but for `useSecond`. */
import { useEffect, useState } from "react";

import type { DeskTicket } from "../../shared/api";

export type Tone = "calm" | "soon" | "late";

export interface Clock {
  text: string;
  tone: Tone;
  /** What the number is, in words. */
  label: string;
}

const seconds = (from: string, now: number) => Math.floor((now - Date.parse(from)) / 1000);

export function spoken(total: number): string {
  const left = Math.abs(total);
  const text = left < 3600 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : `${Math.floor(left / 3600)}小时`;
  return total < 0 ? `-${text}` : text;
}

/** The clock of a ticket: how long somebody waits, or how long is left to answer. */
export function clockOf(ticket: DeskTicket, now: number): Clock {
  if (ticket.state === "waiting" || ticket.state === "offered") {
    const waited = Math.max(0, seconds(ticket.waiting_since, now)); // clocks differ by a second
    return { text: spoken(waited), tone: waited >= 45 ? "late" : waited >= 30 ? "soon" : "calm", label: "已等" };
  }
  if (ticket.answer_by) {
    const left = -seconds(ticket.answer_by, now);
    return { text: spoken(left), tone: left <= 0 ? "late" : left <= 60 ? "soon" : "calm", label: left < 0 ? "超时" : "剩" };
  }
  if (ticket.state === "owed_call" && ticket.call_at) {
    const left = -seconds(ticket.call_at, now);
    return { text: spoken(left), tone: left <= 0 ? "late" : left <= 600 ? "soon" : "calm", label: "回电" };
  }
  return { text: spoken(Math.max(0, seconds(ticket.accepted_at ?? ticket.asked_at, now))), tone: "calm", label: "已聊" };
}

/** The moment by the server's clock, once a second. */
export function useSecond(skew: number): number {
  const [now, setNow] = useState(() => Date.now() + skew);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now() + skew), 1000);
    return () => window.clearInterval(timer);
  }, [skew]);
  return now;
}
