/** What rests on a source: what to look at again when it changes. */
import type { ImpactSheet } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { addressOf } from "../place";
import { ask } from "../../../shared/staff/server";
import { count } from "../words";
import { Failure } from "../../../shared/staff/Failure";
import { Link } from "./Link";
import { State } from "./State";

const KINDS: Record<string, string> = {
  fact: "事实",
  condition: "条件",
  material: "材料",
  rule: "审查要点",
  form: "表单",
  answer: "常见问题",
  policy: "政策",
  bundle: "一件事",
  document: "文件",
};

export function Impact({ target }: { target: string }) {
  const path = `/api/console/impact?target=${encodeURIComponent(target)}`;
  const { data, failure, reload } = useLoaded(path, (signal) => ask<ImpactSheet>(path, { signal }));
  return (
    <section aria-labelledby="impact">
      <h2 id="impact">改了会影响什么</h2>
      <Failure failure={failure} onRetry={reload} />
      {data && (
        <p className="quiet" role="status">
          {data.affected.length === 0 ? "没有别的内容依据它。" : `${count(data.affected.length)} 处要再看一遍`}
          {data.answers_given > 0 && `；给市民的 ${count(data.answers_given)} 次回答引用过`}
        </p>
      )}
      {data && data.affected.length > 0 && (
        <ul className="plain-list impact" tabIndex={0} aria-label="受影响的内容">
          {data.affected.map((one, n) => (
            <li key={n}>
              <State text={KINDS[one.kind] ?? one.kind} />{" "}
              {/^(items|documents)\//.test(one.source) ? (
                <Link to={addressOf(one.source.split("/"))}>{one.title}</Link>
              ) : (
                <span>{one.title}</span>
              )}
              {!one.certain && <span className="sub">只提到整部法规，没有写到条</span>}
              <span className="sub">{one.text}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
