/** Appointments at a window: who comes when; received with one key, and the story is there. */
import { Button } from "antd";

import type { VisitList, WireVisit } from "../../../shared/api";
import { VISITS } from "../words";
import { Part } from "./Part";

interface Props {
  list: VisitList;
  onCame: (visit: WireVisit) => void;
  onOpen: (visit: WireVisit) => void;
  onNotCome: (visit: WireVisit) => void;
}

const TONES: Record<WireVisit["state"], string> = { expected: "warn", came: "good", not_come: "danger", cancelled: "plain" };
const when = (at: string) =>
  new Date(at).toLocaleString("zh-CN", { month: "numeric", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" });
/** What the citizen left to be known by; the number only by its ends. */
const who = (visit: WireVisit) => [visit.called, visit.phone].filter(Boolean).join(" · ") || "没有留称呼";
const about = (visit: WireVisit) => visit.item?.name ?? visit.department ?? "还没认出是什么事";

export function Visits({ list, onCame, onOpen, onNotCome }: Props) {
  const now = new Date(list.now).getTime();
  return (
    <Part title="约了来窗口的" count={list.visits.filter((one) => one.state === "expected").length}>
      {list.visits.length === 0 && <p className="quiet">现在没有人约了来窗口。市民等不到人工时可以选“约个时间，我去窗口”，选了就列在这里。</p>}
      <ul className="visits">
        {list.visits.map((one) => (
          <Row key={one.ticket} visit={one} past={new Date(one.at).getTime() <= now} onCame={onCame} onOpen={onOpen} onNotCome={onNotCome} />
        ))}
      </ul>
    </Part>
  );
}

function Row({ visit, past, onCame, onOpen, onNotCome }: Omit<Props, "list"> & { visit: WireVisit; past: boolean }) {
  const label = `${when(visit.at)} ${about(visit)} ${who(visit)}`;
  const late = past && visit.state === "expected";
  return (
    <li aria-label={label}>
      <p>
        <strong className="num">{when(visit.at)}</strong> {about(visit)}
        <span className={`state is-${late ? "danger" : TONES[visit.state]}`}>{late ? "时间到了，还没来" : VISITS[visit.state]}</span>
        <span className="sub">
          {who(visit)} · {visit.reason_text}
          {visit.has_case ? " · 带着办件" : ""}
          {visit.language === "en" ? " · 说英文" : ""}
          {visit.state === "came" && visit.clerk_name ? ` · ${visit.clerk_name}接待` : ""}
        </span>
      </p>
      <p className="row">
        {visit.state === "came" && visit.mine && (
          <Button size="small" aria-label={`看前面说的：${label}`} onClick={() => onOpen(visit)}>
            看前面说的
          </Button>
        )}
        {(visit.state === "expected" || visit.state === "not_come") && (
          <Button size="small" type={visit.state === "expected" ? "primary" : "default"} aria-label={`到了，接待：${label}`} onClick={() => onCame(visit)}>
            到了，接待
          </Button>
        )}
        {late && (
          <Button size="small" aria-label={`没来：${label}`} onClick={() => onNotCome(visit)}>
            没来
          </Button>
        )}
      </p>
    </li>
  );
}
