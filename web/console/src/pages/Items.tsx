/** All service items: how much of each sheet has a source, and which drafts wait. */
import { Input, Pagination } from "antd";
import { useState } from "react";

import type { ItemLines } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { Failure } from "../../../shared/staff/Failure";
import { Link } from "../parts/Link";
import { State } from "../parts/State";
import { versionTone } from "../parts/versionTone";
import { addressOf, go, usePlace } from "../place";
import { ask } from "../../../shared/staff/server";
import { count, VERSION_STATES } from "../words";

const ROWS = 50;

export function Items() {
  const { query } = usePlace();
  const text = query.get("text") ?? "";
  const page = Math.max(1, Number(query.get("page") ?? "1") || 1);
  const asked = new URLSearchParams({ text, offset: String((page - 1) * ROWS), limit: String(ROWS) }).toString();
  const { data, failure, loading, reload } = useLoaded(asked, (signal) =>
    ask<ItemLines>(`/api/console/items?${asked}`, { signal }),
  );
  return (
    <>
      <div className="head">
        <h1>事项表</h1>
      </div>
      <div className="filters" role="search">
        <Find key={text} text={text} />
      </div>
      <Failure failure={failure} onRetry={reload} />
      {data && (
        <div className={loading ? "is-loading" : ""} aria-busy={loading}>
          <p className="quiet" role="status">
            共 {count(data.total)} 项
          </p>
          {data.rows.length === 0 ? (
            <p className="empty">没有符合的事项。换个说法再找。</p>
          ) : (
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">事项</th>
                  <th scope="col">草稿</th>
                  <th scope="col">有来源</th>
                  <th scope="col">推导</th>
                  <th scope="col">未核实</th>
                </tr>
              </thead>
              <tbody>
                {data.rows.map((row) => (
                  <tr key={row.slug}>
                    <th scope="row">
                      <Link to={addressOf(["items", row.slug])}>{row.name}</Link>
                      <span className="sub">{[row.department, row.theme].filter(Boolean).join(" · ")}</span>
                    </th>
                    <td data-label="草稿">
                      {row.draft ? <State text={VERSION_STATES[row.draft]} tone={versionTone(row.draft)} /> : "无"}
                    </td>
                    <td data-label="有来源">{row.sourced}</td>
                    <td data-label="推导">{row.derived}</td>
                    <td data-label="未核实">{row.unverified}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {data.total > ROWS && (
            <Pagination
              current={page}
              total={data.total}
              pageSize={ROWS}
              showSizeChanger={false}
              onChange={(to) => go(addressOf(["items"], { text, page: to }))}
            />
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
      placeholder="事项名称、别名、部门或主题"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onSearch={(wanted) => go(addressOf(["items"], { text: wanted.trim() }))}
      enterButton="查找"
      allowClear
    />
  );
}
