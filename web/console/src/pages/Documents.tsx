/** All documents: filters and page stand in the address; the server cuts the pages, however many there are. */
import { Button, Input, Pagination, Select } from "antd";
import { useState } from "react";

import type { DocumentLine, DocumentPageSheet, VersionState } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { Failure } from "../../../shared/staff/Failure";
import { Link } from "../parts/Link";
import { State } from "../parts/State";
import { versionTone } from "../parts/versionTone";
import { addressOf, go, usePlace } from "../place";
import { ask } from "../../../shared/staff/server";
import { count, moment, span, VERSION_STATES } from "../words";

const ROWS = 50;
const STATES = Object.keys(VERSION_STATES) as VersionState[];
const ORDERS = [
  { value: "saved", label: "最近更新的在前" },
  { value: "title", label: "按标题" },
  { value: "effective", label: "按生效日期" },
];

export function Documents() {
  const { query } = usePlace();
  const text = query.get("text") ?? "";
  const state = query.get("state") ?? "";
  const region = query.get("region") ?? "";
  const order = query.get("order") ?? "saved";
  const page = Math.max(1, Number(query.get("page") ?? "1") || 1);
  const address = (change: Record<string, string | number>) =>
    addressOf(["documents"], {
      text,
      state,
      region,
      order: order === "saved" ? "" : order,
      page: 0,
      ...change,
    }).replace(/[?&]page=[01](?=&|$)/, "");
  const asked = new URLSearchParams({
    text,
    region,
    order,
    descending: String(order !== "title"),
    offset: String((page - 1) * ROWS),
    limit: String(ROWS),
    ...(state ? { state } : {}),
  }).toString();
  const { data, failure, loading, reload } = useLoaded(asked, (signal) =>
    ask<DocumentPageSheet>(`/api/console/documents?${asked}`, { signal }),
  );
  const all = data ? Object.values(data.counts).reduce((sum, n) => sum + n, 0) : 0;
  return (
    <>
      <div className="head">
        <h1>文件</h1>
        <Button type="primary" href={addressOf(["uploads"])} onClick={(event) => {
            event.preventDefault();
            go(addressOf(["uploads"]));
          }}>
          上传文件
        </Button>
      </div>
      <nav className="chips" aria-label="按状态筛选">
        <Chip to={address({ state: "" })} on={state === ""} text="全部" n={all} />
        {STATES.map((one) => (
          <Chip key={one} to={address({ state: one })} on={state === one} text={VERSION_STATES[one]} n={data?.counts[one] ?? 0} />
        ))}
      </nav>
      <div className="filters" role="search">
        <Find key={text} text={text} onFind={(wanted) => go(address({ text: wanted }))} />
        <Select
          aria-label="地区"
          value={region}
          onChange={(wanted: string) => go(address({ region: wanted }))}
          options={[{ value: "", label: "所有地区" }, ...(data?.regions ?? []).map((one) => ({ value: one, label: one }))]}
        />
        <Select
          aria-label="排序"
          value={order}
          onChange={(wanted: string) => go(address({ order: wanted === "saved" ? "" : wanted }))}
          options={ORDERS}
        />
      </div>
      <Failure failure={failure} onRetry={reload} />
      {data && (
        <div className={loading ? "is-loading" : ""} aria-busy={loading}>
          <p className="quiet" role="status">
            共 {count(data.total)} 份
          </p>
          {data.rows.length === 0 ? <Empty filtered={Boolean(text || state || region)} /> : <Rows rows={data.rows} />}
          {data.total > ROWS && (
            <Pagination
              current={page}
              total={data.total}
              pageSize={ROWS}
              showSizeChanger={false}
              showQuickJumper={data.total > ROWS * 10}
              onChange={(to) => go(address({ page: to }))}
              responsive
            />
          )}
        </div>
      )}
    </>
  );
}

function Find({ text, onFind }: { text: string; onFind: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  return (
    <Input.Search
      aria-label="查找文件"
      placeholder="标题、文号、发文机关或文件名"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onSearch={(wanted) => onFind(wanted.trim())}
      enterButton="查找"
      allowClear
    />
  );
}

function Chip({ to, on, text, n }: { to: string; on: boolean; text: string; n: number }) {
  return (
    <span className={on ? "chip is-on" : "chip"}>
      <Link to={to}>
        {on && <span className="sr-only">已选：</span>}
        {text} <span className="num">{count(n)}</span>
      </Link>
    </span>
  );
}

function Empty({ filtered }: { filtered: boolean }) {
  return (
    <div className="empty">
      <p>{filtered ? "没有符合条件的文件。可以减少筛选条件再看。" : "还没有文件。上传之后会出现在这里。"}</p>
      {filtered && <Link to={addressOf(["documents"])}>清除筛选</Link>}
    </div>
  );
}

function Rows({ rows }: { rows: DocumentLine[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">标题</th>
          <th scope="col">状态</th>
          <th scope="col">有效期</th>
          <th scope="col" className="is-number">
            段落
          </th>
          <th scope="col">更新</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">
              <Link to={addressOf(["documents", row.name])}>{row.title}</Link>
              <span className="sub">
                {[row.number, row.issuer, row.region].filter(Boolean).join(" · ")}
                <span className="file">{row.name}</span>
              </span>
            </th>
            <td data-label="状态">
              <State text={VERSION_STATES[row.state]} tone={versionTone(row.state)} />
              {row.in_force && row.state !== "published" && <span className="sub">另有一版现行有效</span>}
            </td>
            <td data-label="有效期">{span(row.effective_from, row.effective_to)}</td>
            <td data-label="段落" className="is-number">
              {count(row.passages)}
              {row.garbled > 0 && <span className="sub is-warn">{count(row.garbled)} 段有乱码</span>}
            </td>
            <td data-label="更新">
              {moment(row.saved_at)}
              <span className="sub">{row.saved_by.name}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
