/** The versions of an item's rules and their log; going back makes a draft, taking back holds at once. */
import { Button } from "antd";
import { useState, useSyncExternalStore } from "react";

import type { RuleSheet, RuleVersionLine } from "../../../shared/api";
import { ask, currentSession, onSession } from "../../../shared/staff/server";
import { ACTIONS, moment, VERSION_STATES } from "../words";
import { Ask } from "./Ask";
import { State } from "./State";
import { versionTone } from "./versionTone";

interface Props {
  sheet: RuleSheet;
  path: string;
  dirty: boolean;
  onChanged: () => void;
}

type Order = { version: string; kind: "restore" | "withdraw" };
const LOG: Record<string, string> = { ...ACTIONS, saved: "存为草稿", withdrawn: "撤回或放弃" };

export function RuleLife({ sheet, path, dirty, onChanged }: Props) {
  const session = useSyncExternalStore(onSession, currentSession);
  const [order, setOrder] = useState<Order | null>(null);
  const may = new Set(session?.actions ?? []);
  const newest = sheet.versions.find((one) => one.state === "published")?.id;
  const act = async (why: string) => {
    if (order?.kind === "withdraw") await ask<RuleSheet>(`${path}/versions/${order.version}/withdraw`, { method: "POST", body: { why } });
    else await ask<RuleSheet>(`${path}/restore`, { method: "POST", etag: sheet.tag, body: { why, version: order?.version } });
    setOrder(null);
    onChanged();
  };
  const steps = (version: RuleVersionLine | null) => (
    <span className="row">
      {may.has("knowledge:edit") && !sheet.draft && (version === null ? newest : version.id !== newest && version.published_at) && (
        <Button size="small" disabled={dirty} onClick={() => setOrder({ version: version?.id ?? "shipped", kind: "restore" })}>
          恢复为草稿…
        </Button>
      )}
      {version !== null && version.id === newest && may.has("knowledge:withdraw") && (
        <Button size="small" danger onClick={() => setOrder({ version: version.id, kind: "withdraw" })}>
          撤回这一版…
        </Button>
      )}
    </span>
  );
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">版本和记录</h2>
      <ol className="plain-list">
        {sheet.versions.map((one) => (
          <li key={one.id}>
            第 {one.id} 号 <State text={one.state === "published" && one.id !== newest ? "已被替换" : VERSION_STATES[one.state]} tone={versionTone(one.state)} />{" "}
            <span className="quiet">
              {moment(one.published_at ?? one.saved_at)} {one.authors.map((who) => who.name).join("、")}
              {one.holds_from && `，${one.holds_from} 起适用`}：{one.why}
            </span>
            {steps(one)}
          </li>
        ))}
        <li>
          随产品的规则 <State text="未审核" tone="warn" /> {steps(null)}
        </li>
      </ol>
      {sheet.history.length > 0 && (
        <ol className="plain-list">
          {sheet.history.map((entry, n) => (
            <li key={n}>
              <span className="when">{moment(entry.at)}</span> {entry.who.name} <strong>{LOG[entry.action] ?? entry.action}</strong>
              {entry.why && <span className="quiet">：{entry.why}</span>}
            </li>
          ))}
        </ol>
      )}
      {order && (
        <Ask
          title={order.kind === "withdraw" ? "撤回现行规则" : "恢复为草稿"}
          effect={order.kind === "withdraw" ? "撤回后，下一次预审马上用回上一版规则。" : "做成一份草稿，仍要由另一位同事审核发布。"}
          button={order.kind === "withdraw" ? "撤回规则" : "恢复为草稿"}
          danger={order.kind === "withdraw"}
          onCancel={() => setOrder(null)}
          onDo={act}
        />
      )}
    </section>
  );
}
