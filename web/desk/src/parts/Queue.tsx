/** The queue: what rings, what is mine, what waits, calls that are owed; each with its clock. */
import { Button } from "antd";
import { useState } from "react";

import type { DeskQueue, DeskTicket } from "../../../shared/api";
import { clockOf, useSecond } from "../clock";

interface Props {
  queue: DeskQueue;
  skew: number;
  open: string | null;
  at: string | null;
  onPick: (ticket: DeskTicket) => void;
  onNext: () => void;
}

export const inOrder = (queue: DeskQueue): DeskTicket[] => [...queue.ringing, ...queue.mine, ...queue.waiting, ...queue.calls, ...queue.ended];

export function Queue({ queue: newest, skew, open, at, onPick, onNext }: Props) {
  const now = useSecond(skew);
  const [held, setHeld] = useState<DeskQueue | null>(null);
  // Nothing moves under the cursor: while it is over the list, the list stays as it was.
  const queue = held ?? newest;
  const groups: [string, DeskTicket[], string][] = [
    ["响铃", queue.ringing, "没有响铃"],
    ["我的对话", queue.mine, "手上没有对话"],
    ["排队中", queue.waiting, "没有人在等"],
    ["约好的回电", queue.calls, ""],
    ["刚结束的", queue.ended, ""],
  ];
  return (
    <section className="queue" aria-label="队列" onMouseEnter={() => setHeld(newest)} onMouseLeave={() => setHeld(null)}>
      {groups.map(([title, tickets, none]) =>
        tickets.length === 0 && !none ? null : (
          <section key={title} aria-label={title}>
            <h2>
              {title} <span className="num quiet">{tickets.length}</span>
            </h2>
            {tickets.length === 0 && <p className="quiet">{none}</p>}
            <ul>
              {tickets.map((ticket) => (
                <li key={ticket.ticket}>
                  <Row ticket={ticket} now={now} open={ticket.ticket === open} at={ticket.ticket === at} onPick={onPick} />
                </li>
              ))}
            </ul>
          </section>
        ),
      )}
      <Button block onClick={onNext} disabled={queue.me.duty !== "on"}>
        接下一位<kbd>N</kbd>
      </Button>
    </section>
  );
}

interface RowProps {
  ticket: DeskTicket;
  now: number;
  open: boolean;
  at: boolean;
  onPick: (ticket: DeskTicket) => void;
}

function Row({ ticket, now, open, at, onPick }: RowProps) {
  const clock = clockOf(ticket, now);
  return (
    <button
      type="button"
      className={`ticket${open ? " is-open" : ""}${at ? " is-at" : ""}${ticket.rings_here ? " is-ringing" : ""}`}
      aria-current={open ? "true" : undefined}
      onClick={() => onPick(ticket)}
    >
      <span className="ticket-name">{ticket.item?.name ?? ticket.reason_text}</span>
      <span className={`clock is-${clock.tone}`} title={clock.label}>
        <span className="clock-label">{clock.label}</span>
        <span className="num">{clock.text}</span>
      </span>
      <span className="ticket-sub">
        {ticket.item ? ticket.reason_text : "还没认出事项"}
        {ticket.district ? ` · ${ticket.district}` : ""}
        {ticket.language === "en" ? " · English" : ""}
      </span>
      {ticket.unread > 0 && (
        <span className="badge is-late">
          {ticket.unread}
          <span className="sr-only">条未读</span>
        </span>
      )}
    </button>
  );
}
