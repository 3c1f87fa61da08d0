/** Who did what, and whether the record is whole. */
import { Button } from "antd";
import { useState } from "react";

import type { AuditPage, AuditVerdict } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { Failure } from "../../../shared/staff/Failure";
import { Link } from "../parts/Link";
import { addressOf, usePlace } from "../place";
import { ask } from "../../../shared/staff/server";
import { count } from "../words";

export function Audit() {
  const { query } = usePlace();
  const before = query.get("before") ?? "";
  const asked = new URLSearchParams(before ? { before } : {}).toString();
  const { data, failure, reload } = useLoaded(asked, (signal) => ask<AuditPage>(`/api/operation/audit?${asked}`, { signal }));
  return (
    <>
      <div className="head">
        <h1>审计记录</h1>
        <Verify />
      </div>
      <Failure failure={failure} onRetry={reload} />
      {data && (
        <>
          <p className="quiet" role="status">
            共 {count(data.total)} 条；查看本页也会记录。
          </p>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">编号</th>
                <th scope="col">时间</th>
                <th scope="col">谁</th>
                <th scope="col">做了什么</th>
                <th scope="col">对象</th>
              </tr>
            </thead>
            <tbody>
              {data.entries.map((entry) => (
                <tr key={entry.number}>
                  <th scope="row">{entry.number}</th>
                  <td data-label="时间">{new Date(entry.at).toLocaleString("zh-CN")}</td>
                  <td data-label="谁">{entry.actor}</td>
                  <td data-label="做了什么">
                    {entry.action}
                    {entry.details && (
                      <span className="sub">
                        {Object.entries(entry.details)
                          .map(([name, said]) => `${name}: ${said}`)
                          .join("；")}
                      </span>
                    )}
                  </td>
                  <td data-label="对象">{entry.subject}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {data.next !== null && <Link to={addressOf(["audit"], { before: data.next })}>更早的记录</Link>}
        </>
      )}
    </>
  );
}

function Verify() {
  const [found, setFound] = useState<AuditVerdict>();
  const [failure, setFailure] = useState<unknown>();
  const verify = () => {
    ask<AuditVerdict>("/api/operation/audit/verify", { method: "POST" }).then(setFound, setFailure);
  };
  return (
    <span role="status">
      {found && (found.whole ? `${count(found.entries)} 条，完整 ` : `第 ${found.broken} 条有问题：${found.what} `)}
      <Failure failure={failure} />
      <Button onClick={verify}>核对全部</Button>
    </span>
  );
}
