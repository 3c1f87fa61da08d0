/** Running the product: switches with their reasons, and what goes wrong how often. */
import { Button } from "antd";
import { useState } from "react";

import type { RiskLine, RiskSheet, SwitchState } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { Ask } from "../parts/Ask";
import { Failure } from "../../../shared/staff/Failure";
import { State } from "../parts/State";
import { ask, currentSession } from "../../../shared/staff/server";
import { count, OUTCOMES, RISK_KINDS, SWITCHES } from "../words";

export function Operation() {
  const switches = useLoaded("switches", (signal) => ask<SwitchState[]>("/api/operation/switches", { signal }));
  const risks = useLoaded("risks", (signal) => ask<RiskSheet>("/api/operation/risks", { signal }));
  const [turning, setTurning] = useState<SwitchState | null>(null);
  const mayTurn = currentSession()?.actions.includes("operation:switch") ?? false;
  const turn = async (why: string) => {
    if (!turning) return;
    const body = { on: !turning.on, reason: why };
    await ask<SwitchState>(`/api/operation/switches/${turning.capability}`, { method: "PUT", body });
    setTurning(null);
    switches.reload();
  };
  return (
    <>
      <div className="head">
        <h1>运行</h1>
      </div>
      <h2>应急开关</h2>
      <Failure failure={switches.failure} onRetry={switches.reload} />
      {switches.data && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">功能</th>
              <th scope="col">状态</th>
              <th scope="col">原因</th>
              {mayTurn && <th scope="col">操作</th>}
            </tr>
          </thead>
          <tbody>
            {switches.data.map((one) => (
              <tr key={one.capability}>
                <th scope="row">
                  {SWITCHES[one.capability].title}
                  <span className="sub">关闭后：{SWITCHES[one.capability].off}</span>
                </th>
                <td data-label="状态">
                  <State text={one.on ? "开" : "关"} tone={one.on ? "good" : "danger"} />
                </td>
                <td data-label="原因">
                  {one.at ? `${one.reason}（${one.by}，${new Date(one.at).toLocaleString("zh-CN")}）` : "没有动过"}
                </td>
                {mayTurn && (
                  <td data-label="操作">
                    <Button size="small" danger={one.on} onClick={() => setTurning(one)}>
                      {one.on ? "关闭" : "打开"}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h2>风险</h2>
      <Failure failure={risks.failure} onRetry={risks.reload} />
      {risks.data && <Risks sheet={risks.data} />}
      {turning && (
        <Ask
          title={`${turning.on ? "关闭" : "打开"}「${SWITCHES[turning.capability].title}」`}
          effect={turning.on ? `两秒内全部生效：${SWITCHES[turning.capability].off}。` : "两秒内全部恢复。"}
          button={turning.on ? "现在关闭" : "现在打开"}
          danger={turning.on}
          onCancel={() => setTurning(null)}
          onDo={turn}
        />
      )}
    </>
  );
}

function Risks({ sheet }: { sheet: RiskSheet }) {
  if (sheet.lines.length === 0) return <p className="empty">最近一天没有记录。</p>;
  return (
    <>
      <p className="quiet" role="status">
        最近15分钟 {count(sheet.turns)} 次问答；{sheet.sudden > 0 ? `${sheet.sudden} 项突然增多。` : "没有突然增多的。"}
      </p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">什么</th>
            <th scope="col">最近15分钟</th>
            <th scope="col">此前一天</th>
            <th scope="col">变化</th>
          </tr>
        </thead>
        <tbody>
          {sheet.lines.map((line) => (
            <tr key={`${line.kind} ${line.name}`}>
              <th scope="row">
                {RISK_KINDS[line.kind]}
                <span className="sub">{OUTCOMES[line.name] ?? line.name}</span>
              </th>
              <td data-label="最近15分钟">{told(line.recent, line.recent_share)}</td>
              <td data-label="此前一天">{told(line.before, line.before_share)}</td>
              <td data-label="变化">{line.sudden && <State text="突然增多" tone="danger" />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const told = (found: RiskLine["recent"], share: number) => `${count(found)}（${(share * 100).toFixed(1)}%）`;
