/** The supervisors' live board: now, today, teams, alerts, what became of suggestions; each number with its definition. */
import type { Board as BoardNow, SuggestionReport } from "../../../shared/api";
import { Failure } from "../../../shared/staff/Failure";
import { useLoaded } from "../../../shared/staff/loading";
import { ask } from "../../../shared/staff/server";
import { useBoard } from "../board";
import { Figures } from "../parts/Figures";
import { KINDS } from "../words";

export function Board() {
  const { board, failure } = useBoard();
  const used = useLoaded("suggestions", (signal) => ask<SuggestionReport>("/api/desk/supervision/suggestions", { signal }));
  return (
    <main id="main" className="board" tabIndex={0}>
      <h1>看板</h1>
      <Failure failure={failure} />
      {board && <Now board={board} />}
      {used.data && (
        <section className="panel">
          <h2>建议回复的采用（近30天）</h2>
          {used.data.shares.length === 0 && <p className="quiet">还没有记录。</p>}
          {used.data.shares.length > 0 && (
            <table>
              <thead>
                <tr>
                  <th>来源</th>
                  <th>处理过</th>
                  <th>原样发</th>
                  <th>改过发</th>
                  <th>不用</th>
                </tr>
              </thead>
              <tbody>
                {used.data.shares.map((one) => (
                  <tr key={one.kind}>
                    <th scope="row">{KINDS[one.kind]}</th>
                    <td className="num">{one.shown}</td>
                    <td className="num">{one.sent}</td>
                    <td className="num">{one.edited}</td>
                    <td className="num">{one.rejected}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {used.data.reasons.length > 0 && (
            <p className="quiet">不用的原因：{used.data.reasons.map((one) => `${one.label} ${String(one.count)}`).join("、")}</p>
          )}
        </section>
      )}
    </main>
  );
}

function Now({ board }: { board: BoardNow }) {
  return (
    <>
      {board.alerts.map((one) => (
        <p key={one.code} className="failure" role="alert">
          {one.sentence}
        </p>
      ))}
      <Figures title="现在" figures={board.now} />
      <Figures title="今天" figures={board.today} />
      {board.teams.map((one) => (
        <Figures key={one.team} title={one.team || "未分组"} figures={one.figures} />
      ))}
    </>
  );
}
