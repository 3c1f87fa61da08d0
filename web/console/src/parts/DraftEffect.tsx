/** What a waiting draft would change in answers: asked before and after in a copy, before anybody publishes it. */
import { Button } from "antd";
import { useState } from "react";

import type { DraftEffect as Found } from "../../../shared/api";
import { Failure } from "../../../shared/staff/Failure";
import { ask } from "../../../shared/staff/server";
import { count } from "../words";
import { State } from "./State";

export function DraftEffect({ source }: { source: string }) {
  const [found, setFound] = useState<Found | null>(null);
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const look = () => {
    setBusy(true);
    setFailure(undefined);
    ask<Found>(`/api/console/draft-effect?source=${encodeURIComponent(source)}`, { method: "POST" })
      .then(setFound, setFailure)
      .finally(() => setBusy(false));
  };
  return (
    <section aria-labelledby="draft-effect">
      <h2 id="draft-effect">发布前先看：回答会怎么变</h2>
      <p className="quiet">把引用这里的评测样例，用现行内容和草稿各问一遍。只在副本里问，不会发布，要等一两分钟。</p>
      <Button loading={busy} onClick={look}>
        {found ? "再问一遍" : "问一遍看看"}
      </Button>
      <Failure failure={failure} onRetry={look} />
      <div role="status">{found && <Result found={found} />}</div>
    </section>
  );
}

function Result({ found }: { found: Found }) {
  const measured = (value: number) => value.toFixed(3);
  return (
    <>
      <p>
        <State text={found.worse ? "显著变差" : "没有显著变差"} tone={found.worse ? "danger" : "good"} />{" "}
        {found.cases === 0
          ? "还没有样例引用它，看不出影响：可以从问不到、答不对的问题里存几条。"
          : `问了 ${count(found.cases)} 条样例，${count(found.changed.length)} 条的回答不一样。`}
      </p>
      {found.differences.map((one) => (
        <p key={one.metric} className="quiet">
          {one.metric} {measured(one.before)} → {measured(one.after)}（校正后的p {measured(one.p)}）
        </p>
      ))}
      {found.changed.map((one) => (
        <details key={one.id}>
          <summary>
            {one.flipped && <State text="评分变了" tone="warn" />} {one.asked}
          </summary>
          <p className="quiet">现在</p>
          <p className="words">{one.before}</p>
          <p className="quiet">发布后</p>
          <p className="words">{one.after}</p>
        </details>
      ))}
    </>
  );
}
