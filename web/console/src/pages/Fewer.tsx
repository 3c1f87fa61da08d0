/** Fewer fields: fields and materials that no review rule needs, for somebody to look at; nothing is changed here. */
import { useMemo, useState } from "react";

import type { SpareSheet } from "../../../shared/api";
import { Failure } from "../../../shared/staff/Failure";
import { useLoaded } from "../../../shared/staff/loading";
import { ask } from "../../../shared/staff/server";
import { Link } from "../parts/Link";
import { addressOf } from "../place";
import { count } from "../words";

const PATH = "/api/console/fewer";

export function Fewer() {
  const { data, failure, reload } = useLoaded(PATH, (signal) => ask<SpareSheet>(PATH, { signal }));
  const [why, setWhy] = useState("");
  const kinds = useMemo(() => [...new Set((data?.rows ?? []).map((row) => `${row.what}：${row.why}`))], [data]);
  const rows = (data?.rows ?? []).filter((row) => !why || `${row.what}：${row.why}` === why);
  const items = [...new Set(rows.map((row) => row.item))];
  return (
    <>
      <p className="crumb">
        <Link to={addressOf(["rules"])}>预审规则</Link> / <span>精简</span>
      </p>
      <div className="head">
        <h1>哪些字段和材料可以不要</h1>
        <a href={`${PATH}.csv`} download>
          下载表格
        </a>
      </div>
      <p className="quiet">没有任何规则用到、可以选填、或有电子证照的字段和材料。这里只列出来，请业务部门判断；事项表不会自动改。</p>
      <Failure failure={failure} onRetry={reload} />
      {data && (
        <>
          <div className="filters">
            <label>
              <span className="sr-only">原因</span>
              <select value={why} onChange={(event) => setWhy(event.target.value)}>
                <option value="">全部原因</option>
                {kinds.map((kind) => (
                  <option key={kind}>{kind}</option>
                ))}
              </select>
            </label>
          </div>
          <p className="quiet" role="status">
            看了 {count(data.items)} 个事项，{count(items.length)} 个事项有 {count(rows.length)} 处可以看看。
          </p>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">事项</th>
                <th scope="col">可以看看的字段和材料</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => {
                const own = rows.filter((row) => row.item === item);
                return (
                  <tr key={item}>
                    <th scope="row">
                      <Link to={addressOf(["items", item])}>{own[0]?.item_name}</Link>
                    </th>
                    <td data-label="字段和材料">
                      <ul className="short-list">
                        {own.map((row, n) => (
                          <li key={n}>
                            {row.what} {row.name} <span className="quiet">{[row.why, row.detail].filter(Boolean).join("；")}</span>
                          </li>
                        ))}
                      </ul>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </>
      )}
    </>
  );
}
