/** Two versions clause by clause: what is new, what is gone, what reads differently, word by word. */
import type { ChangedClause, VersionDifference } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { ask } from "../../../shared/staff/server";
import { count, place } from "../words";
import { Failure } from "../../../shared/staff/Failure";
import { State, type Tone } from "./State";

const KINDS: Record<ChangedClause["kind"], { text: string; tone: Tone }> = {
  added: { text: "新增", tone: "good" },
  removed: { text: "停用", tone: "danger" },
  changed: { text: "替换", tone: "warn" },
  moved: { text: "只换了条号", tone: "plain" },
};

export function Difference({ path }: { path: string }) {
  const { data, failure, reload } = useLoaded(path, (signal) => ask<VersionDifference>(path, { signal }));
  if (!data) return <Failure failure={failure} onRetry={reload} />;
  return (
    <div className="difference">
      <p className="quiet">
        {data.before === null ? "没有已发布的版本，全部内容都是新的。" : `与现行版相比，${count(data.same)} 处没有变化。`}
      </p>
      {data.changes.length === 0 && <p className="empty">文字没有变化。</p>}
      <ol>
        {data.changes.map((change) => (
          <li key={`${change.kind} ${change.anchor}`}>
            <h3>
              <State {...KINDS[change.kind]} /> {place(change.heading, change.label) || "正文"}
            </h3>
            <p className="words">
              {change.words.map((run, n) => {
                if (run.kind === "same") return <span key={n}>{run.text}</span>;
                return run.kind === "removed" ? <del key={n}>{run.text}</del> : <ins key={n}>{run.text}</ins>;
              })}
            </p>
          </li>
        ))}
      </ol>
    </div>
  );
}
