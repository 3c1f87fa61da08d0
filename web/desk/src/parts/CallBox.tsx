/** A call that is owed: whom to call, for this call only, and how it went. */
import { Button } from "antd";

import type { DeskTicket, WireContact } from "../../../shared/api";

interface Props {
  ticket: DeskTicket;
  contact: WireContact | null;
  onCalled: (reached: boolean) => void;
}

export function CallBox({ ticket, contact, onCalled }: Props) {
  return (
    <section className="call-box" aria-label="回电">
      <h2>
        回电
        {ticket.call_at && <span className="num quiet"> 约在 {new Date(ticket.call_at).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" })}</span>}
      </h2>
      {contact ? (
        <p>
          {contact.called || "市民"} <a href={`tel:${contact.phone}`}>{contact.phone}</a>
          <span className="quiet"> 只为这次电话，结束就删；查看有记录。</span>
        </p>
      ) : (
        <p className="quiet">没有留下电话，或电话已经打完。</p>
      )}
      <p className="row">
        <Button type="primary" size="small" onClick={() => onCalled(true)}>
          打通了<kbd>G</kbd>
        </Button>
        <Button size="small" onClick={() => onCalled(false)}>
          没打通，稍后再打<kbd>B</kbd>
        </Button>
      </p>
    </section>
  );
}
