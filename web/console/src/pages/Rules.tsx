/** Review rules of all items: who is responsible, whether somebody approved them, which drafts wait. */
import { Button, Checkbox, Input, Pagination } from "antd";
import { useState, useSyncExternalStore } from "react";

import type { RuleLines } from "../../../shared/api";
import { Failure } from "../../../shared/staff/Failure";
import { useLoaded } from "../../../shared/staff/loading";
import { ask, currentSession, onSession } from "../../../shared/staff/server";
import { Ask } from "../parts/Ask";
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
  const session = useSyncExternalStore(onSession, currentSession);
  const may = (session?.actions ?? []).includes("knowledge:publish");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const open = (data?.rows ?? []).filter((row) => row.status !== "approved" && !row.draft).map((row) => row.item);
  const picked = open.filter((item) => chosen.has(item));
  const choose = (items: string[], on: boolean) => setChosen(new Set(on ? [...chosen, ...items] : [...chosen].filter((item) => !items.includes(item))));
  const approve = async (why: string) => {
    await ask<undefined>("/api/console/rules/approve", { method: "POST", body: { why, change: data?.change, items: picked } });
    setAsking(false);
    setChosen(new Set());
    reload();
  };
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
            共 {count(data.total)} 个事项，{count(data.approved)} 个事项的规则经部门审核发布，其余随产品而来，部门还没有审核。
          </p>
          {may && open.length > 0 && (
            <div className="row" role="group" aria-label="审核没有改动的规则">
              <Checkbox
                checked={picked.length === open.length}
                indeterminate={picked.length > 0 && picked.length < open.length}
                onChange={(event) => choose(open, event.target.checked)}
              >
                选中本页没有审核的 {count(open.length)} 个
              </Checkbox>
              <Button type="primary" disabled={picked.length === 0} onClick={() => setAsking(true)}>
                审核通过选中的 {count(picked.length)} 个…
              </Button>
            </div>
          )}
          <table className="table">
            <thead>
              <tr>
                {may && <th scope="col">选中</th>}
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
                  {may && (
                    <td data-label="选中">
                      {open.includes(row.item) && (
                        <Checkbox aria-label={`选中${row.name}`} checked={chosen.has(row.item)} onChange={(event) => choose([row.item], event.target.checked)} />
                      )}
                    </td>
                  )}
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
      {asking && (
        <Ask
          title="审核通过没有改动的规则"
          effect={`选中的 ${count(picked.length)} 个事项的规则不作改动，从今天起记为“已审核发布”，写上您的名字。请先打开每个事项看过它的规则；要改的，请存为草稿，由另一位同事发布。`}
          button="看过了，审核通过"
          onCancel={() => setAsking(false)}
          onDo={approve}
        />
      )}
    </>
  );
}

function Find({ text }: { text: string }) {
  const [typed, setTyped] = useState(text);
  return (
    <Input.Search
      aria-label="查找事项或部门"
      placeholder="事项或部门名称"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onSearch={(wanted) => go(addressOf(["rules"], { text: wanted.trim() }))}
      enterButton="查找"
      allowClear
    />
  );
}
