/** Review rules of all items: who is responsible, whether somebody approved them, which drafts wait. */
import { Input, Pagination } from "antd";
import { useState } from "react";

import type { RuleLines } from "../../../shared/api";
import { Failure } from "../../../shared/staff/Failure";
import { useLoaded } from "../../../shared/staff/loading";
import { ask } from "../../../shared/staff/server";
import { Link } from "../parts/Link";
import { State } from "../parts/State";
import { versionTone } from "../parts/versionTone";
import { addressOf, go, usePlace } from "../place";
import { STATUSES } from "../ruleWords";
import { count, VERSION_STATES } from "../words";

const ROWS = 50;

export function Rules() {
  const { query } = usePlace();
  const text = query.get("text") ?? "";
  const page = Math.max(1, Number(query.get("page") ?? "1") || 1);
  const asked = new URLSearchParams({ text, offset: String((page - 1) * ROWS), limit: String(ROWS) }).toString();
  const { data, failure, loading, reload } = useLoaded(`rules ${asked}`, (signal) => ask<RuleLines>(`/api/console/rules?${asked}`, { signal }));
  return (
    <>
      <div className="head">
        <h1>预审规则</h1>
        <Link to={addressOf(["fewer"])}>哪些字段和材料可以不要</Link>
      </div>
      <div className="filters" role="search">
        <Find key={text} text={text} />
      </div>
      <Failure failure={failure} onRetry={reload} />
      {data && (
        <div className={loading ? "is-loading" : ""} aria-busy={loading}>
          <p className="quiet" role="status">
            共 {count(data.total)} 个事项，{count(data.approved)} 个事项的规则经部门审核发布，其余是随产品的草稿。
          </p>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">事项</th>
                <th scope="col">负责部门</th>
                <th scope="col">规则</th>
                <th scope="col">草稿</th>
                <th scope="col">要判断的条数</th>
              </tr>
            </thead>
            <tbody>
              {data.rows.map((row) => (
                <tr key={row.item}>
                  <th scope="row">
                    <Link to={addressOf(["rules", row.item])}>{row.name}</Link>
                  </th>
                  <td data-label="负责部门">{row.owner}</td>
                  <td data-label="规则">
                    <State text={STATUSES[row.status]} tone={row.status === "approved" ? "good" : "warn"} />
                  </td>
                  <td data-label="草稿">{row.draft ? <State text={VERSION_STATES[row.draft]} tone={versionTone(row.draft)} /> : "无"}</td>
                  <td data-label="要判断的条数">
                    {row.decided} / {row.points}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {data.total > ROWS && (
            <Pagination current={page} total={data.total} pageSize={ROWS} showSizeChanger={false} onChange={(to) => go(addressOf(["rules"], { text, page: to }))} />
          )}
        </div>
      )}
    </>
  );
}

function Find({ text }: { text: string }) {
  const [typed, setTyped] = useState(text);
  return (
    <Input.Search
      aria-label="查找事项"
      placeholder="事项名称"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onSearch={(wanted) => go(addressOf(["rules"], { text: wanted.trim() }))}
      enterButton="查找"
      allowClear
    />
  );
}
