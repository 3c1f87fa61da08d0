/** The wallboard: few numbers, readable from five metres, with a word beside each colour; nobody's name on it. */
import { useEffect, useState } from "react";

import type { Board, WireFigure } from "../../../shared/api";
import { useBoard } from "../board";
import { figure } from "../figures";

const SHOWN = ["waiting_now", "oldest_wait", "answered_within_60s", "on_duty", "talking_now", "person_or_choice_within_60s"];
const WORDS = { good: "正常", soon: "留意", late: "告警" } as const;
const ALERT_SECONDS = 6;

function tone(one: WireFigure): keyof typeof WORDS | null {
  if (one.name === "on_duty") return one.value ? "good" : "late";
  if (one.value === null) return null;
  if (one.name === "oldest_wait") return one.value > 60 ? "late" : one.value > 30 ? "soon" : "good";
  if (one.unit === "share") return one.value < 0.9 ? "late" : one.value < 0.95 ? "soon" : "good";
  return null;
}

export function Wall() {
  const { board, failure } = useBoard(2000);
  const all = [...(board?.now ?? []), ...(board?.today ?? [])];
  const shown = SHOWN.flatMap((name) => all.filter((one) => one.name === name));
  return (
    <main id="main" className="wall">
      <h1>
        021 · 60秒找到人
        <span className="num">
          {board ? new Date(board.at).toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai" }) : ""}
        </span>
        <a href="/desk/board">退出大屏</a>
      </h1>
      <dl>
        {shown.map((one) => {
          const how = board && !board.open && one.name === "on_duty" ? null : tone(one);
          return (
            <div key={one.name} className={`tile is-${how ?? ""}`}>
              <dt>{one.label}</dt>
              <dd className="num">{figure(one)}</dd>
              <dd className="tile-word">{how ? WORDS[how] : ""}</dd>
            </div>
          );
        })}
      </dl>
      <Alerts board={board} failed={failure !== undefined} />
    </main>
  );
}

/** One alert after the other: a line is all that can be read from afar. */
function Alerts({ board, failed }: { board: Board | null; failed: boolean }) {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => setTurn((n) => n + 1), ALERT_SECONDS * 1000);
    return () => window.clearInterval(timer);
  }, []);
  const alerts = board?.alerts ?? [];
  const now = alerts[turn % Math.max(alerts.length, 1)];
  const calm = board === null ? "正在连接…" : board.open ? "一切正常" : "现在不是工作时间";
  const told = failed ? "连不上服务器，数字停在上面的时间。" : (now?.sentence ?? calm);
  return (
    <p className={`wall-alert${failed || now ? " is-alert" : ""}`} role="status">
      {told}
      {alerts.length > 1 && !failed ? `（${String((turn % alerts.length) + 1)}/${String(alerts.length)}）` : ""}
    </p>
  );
}
