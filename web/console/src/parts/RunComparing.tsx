/** Two evaluation runs side by side: what differs beyond chance, and the cases that came out otherwise, each with its trace. */
import { Button } from "antd";

import type { RunComparison, RunDifference, RunLine } from "../../../shared/api";
import { Failure } from "../../../shared/staff/Failure";
import { useLoaded } from "../../../shared/staff/loading";
import { ask } from "../../../shared/staff/server";
import { isSlice, measureOf, told } from "../measures";
import { count, moment } from "../words";
import { State, type Tone } from "./State";

const VERDICTS: Record<RunDifference["verdict"], { text: string; tone: Tone } | null> = {
  worse: { text: "显著变差", tone: "danger" },
  better: { text: "显著变好", tone: "good" },
  other: { text: "显著不同", tone: "info" },
  "": null,
};

export function RunComparing({ before, after, onClose }: { before: RunLine; after: RunLine; onClose: () => void }) {
  const path = `/api/console/runs/compare?before=${before.name}&after=${after.name}`;
  const { data, failure, loading, reload } = useLoaded(path, (signal) => ask<RunComparison>(path, { signal }));
  const whole = data?.differences.filter((one) => !isSlice(one.metric)) ?? [];
  const slices = data?.differences.filter((one) => isSlice(one.metric)) ?? [];
  return (
    <section className="panel" aria-busy={loading} aria-label="两次评测的比较">
      <div className="work-head">
        <h2>两次评测的比较</h2>
        <Button size="small" onClick={onClose}>
          收起
        </Button>
      </div>
      <p className="facts">
        <span>
          前：{before.title}，{moment(before.started_at)}
        </span>
        <span>
          后：{after.title}，{moment(after.started_at)}
        </span>
      </p>
      {loading && !data && <p role="status">正在比较…</p>}
      <Failure failure={failure} onRetry={reload} />
      {data && (
        <>
          <p role="status">{summary(data)}</p>
          <Differences lines={whole} />
          {slices.length > 0 && (
            <details>
              <summary>按类别看（{slices.length} 项，不单独算变差）</summary>
              <Differences lines={slices} />
            </details>
          )}
          {data.flips.length > 0 && <h3>结果不同的样例（变差的在前）</h3>}
          <ul className="places">
            {data.flips.map((flip) => (
              <li key={`${flip.id} ${flip.metric}`}>
                {flip.id}：{measureOf(flip.metric)} {told(flip.before)} → {told(flip.after)}{" "}
                <Trace run={before} id={flip.id} text="前一次经过" /> <Trace run={after} id={flip.id} text="后一次经过" />
              </li>
            ))}
          </ul>
          {data.flips_total > data.flips.length && <p className="quiet">只列出前 {data.flips.length} 处。</p>}
        </>
      )}
    </section>
  );
}

function summary(found: RunComparison): string {
  if (!found.differences.some((one) => one.paired !== null)) return "两次没有相同的样例，只能看各自的数，不能判断差别。";
  const worse = found.differences.filter((one) => one.regression).length;
  const verdict = worse === 0 ? "没有显著变差的指标" : `${worse} 项指标显著变差`;
  return `${verdict}；${found.flips_total === 0 ? "每个样例的结果都一样" : `${count(found.flips_total)} 处结果不同`}。`;
}

function Trace({ run, id, text }: { run: RunLine; id: string; text: string }) {
  return (
    <a
      href={`/api/console/runs/${run.name}/report#${encodeURIComponent(id)}`}
      target="_blank"
      rel="noopener"
      aria-label={`${id}：${text}`}
    >
      {text}
    </a>
  );
}

function Differences({ lines }: { lines: RunDifference[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">指标</th>
          <th scope="col">前</th>
          <th scope="col">后</th>
          <th scope="col">差（95%区间）</th>
          <th scope="col">校正后的p</th>
          <th scope="col">结论</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((one) => {
          const verdict = VERDICTS[one.verdict];
          return (
            <tr key={one.metric}>
              <th scope="row" title={one.metric}>
                {measureOf(one.metric)}
              </th>
              <td data-label="前">{told(one.before)}</td>
              <td data-label="后">{told(one.after)}</td>
              <td data-label="差（95%区间）">
                {told(one.paired)}
                {one.ci95 && `（${told(one.ci95[0])}～${told(one.ci95[1])}）`}
              </td>
              <td data-label="校正后的p">{told(one.p_corrected)}</td>
              <td data-label="结论">{verdict ? <State {...verdict} /> : "看不出差别"}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
