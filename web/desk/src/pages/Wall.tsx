/** The wallboard: few numbers, readable from five metres, with a word beside each colour. */
import type { WireFigure } from "../../../shared/api";
import { useBoard } from "../board";
import { figure } from "../figures";

const SHOWN = ["waiting_now", "oldest_wait", "answered_within_60s", "on_duty", "talking_now", "person_or_choice_within_60s"];

function tone(one: WireFigure): string {
  if (one.value === null) return "";
  if (one.name === "oldest_wait") return one.value > 60 ? "late" : one.value > 30 ? "soon" : "good";
  if (one.name === "answered_within_60s") return one.value < 0.9 ? "late" : one.value < 0.95 ? "soon" : "good";
  return "";
}

export function Wall() {
  const { board } = useBoard();
  const all = [...(board?.now ?? []), ...(board?.today ?? [])];
  const known = SHOWN.flatMap((name) => all.filter((one) => one.name === name));
  const shown = [...known, ...all.filter((one) => !known.includes(one))].slice(0, 6);
  return (
    <main id="main" className="wall">
      <h1>
        021 · 60秒找到人
        <a href="/desk/board">退出大屏</a>
      </h1>
      <dl>
        {shown.map((one) => (
          <div key={one.name} className={`tile is-${tone(one)}`}>
            <dt>{one.label}</dt>
            <dd className="num">{figure(one)}</dd>
          </div>
        ))}
      </dl>
      <p className="wall-alert" role="status">
        {board === null ? "正在连接…" : (board.alerts[0]?.sentence ?? "一切正常")}
      </p>
    </main>
  );
}
