/** What can be done with a version now, each step saying its effect in numbers. */
import { App as Feedback, Button } from "antd";
import { useState, useSyncExternalStore } from "react";

import type { Done, Effect, Saved, VersionSheet } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { ask, currentSession, onSession } from "../../../shared/staff/server";
import { Ask } from "./Ask";
import { Failure } from "../../../shared/staff/Failure";
import { Link } from "./Link";
import { addressOf } from "../place";

type Step = "review" | "publish" | "withdraw" | "restore";

interface Props {
  version: VersionSheet;
  unsaved: boolean;
  onChanged: (version?: string) => void;
}

export function Steps({ version, unsaved, onChanged }: Props) {
  const session = useSyncExternalStore(onSession, currentSession);
  const { message } = Feedback.useApp();
  const [step, setStep] = useState<Step | null>(null);
  const effect = useLoaded(version.etag, (signal) => ask<Effect>(`/api/console/versions/${version.version}/effect`, { signal }));
  const may = new Set(session?.actions ?? []);
  const waits = version.state === "draft" || version.state === "reviewed";
  const said = effect.data;
  const act = async (what: Step, why: string) => {
    const path = `/api/console/versions/${version.version}/${what}`;
    const answer = await ask<Done | Saved>(path, { method: "POST", body: { why }, etag: version.etag });
    setStep(null);
    void message.success(DONE[what]);
    onChanged("version" in answer ? answer.version : undefined);
  };
  return (
    <section className="steps" aria-label="下一步">
      <Failure failure={effect.failure} onRetry={effect.reload} />
      {said && (
        <div className="steps-effect">
          <p>
            <strong>{said.sentence}</strong>
          </p>
          {said.items.length > 0 && (
            <p className="quiet">
              涉及：
              {said.items.slice(0, 6).map((item) => (
                <Link key={item.source} to={addressOf(item.source.split("/"))} className="touched">
                  {item.name}
                </Link>
              ))}
              {said.items.length > 6 && `等 ${said.items.length} 项`}
            </p>
          )}
          {waits && said.why_not && <p className="quiet">{said.why_not}。</p>}
          {unsaved && <p className="note">有修改还没保存；保存后会成为新的草稿。</p>}
        </div>
      )}
      <div className="row">
        {version.state === "draft" && may.has("knowledge:review") && (
          <Button disabled={unsaved} onClick={() => setStep("review")}>
            审核通过
          </Button>
        )}
        {waits && may.has("knowledge:publish") && (
          <Button type="primary" disabled={unsaved || !said?.may} onClick={() => setStep("publish")}>
            发布…
          </Button>
        )}
        {(version.state === "published" || waits) && may.has("knowledge:withdraw") && (
          <Button danger disabled={unsaved} onClick={() => setStep("withdraw")}>
            撤回…
          </Button>
        )}
        {version.state === "superseded" && may.has("knowledge:edit") && (
          <Button onClick={() => setStep("restore")}>恢复成新草稿…</Button>
        )}
      </div>
      {step && said && (
        <Ask
          title={TITLES[step]}
          effect={effectOf(step, said, version)}
          button={buttonOf(step, said)}
          danger={step === "withdraw"}
          onCancel={() => setStep(null)}
          onDo={(why) => act(step, why)}
        />
      )}
    </section>
  );
}

const TITLES: Record<Step, string> = {
  review: "审核通过这一版",
  publish: "发布这一版",
  withdraw: "撤回这一版",
  restore: "恢复这一版",
};

const DONE: Record<Step, string> = {
  review: "已审核，可以发布了",
  publish: "已发布，市民的回答已经用上",
  withdraw: "已撤回，不会再被引用",
  restore: "已恢复成新草稿，等待审核",
};

function effectOf(step: Step, effect: Effect, version: VersionSheet): string {
  switch (step) {
    case "review":
      return "只是确认内容无误，市民还看不到。";
    case "publish":
      return `${effect.sentence}。`;
    case "withdraw":
      return version.state === "published"
        ? `${effect.sentence}。过去日期的提问也不再引用它。`
        : "这一版草稿不会再出现在待审核里，市民的回答不受影响。";
    case "restore":
      return "会生成一份新的草稿，从今天起生效，仍要另一位同事审核发布。";
  }
}

function buttonOf(step: Step, effect: Effect): string {
  switch (step) {
    case "review":
      return "确认审核通过";
    case "publish":
      return `发布：${numbersOf(effect)}`;
    case "withdraw":
      return effect.removed > 0 ? `撤回 ${effect.removed} 段` : "撤回";
    case "restore":
      return "恢复成新草稿";
  }
}

function numbersOf({ added, changed, removed }: Effect): string {
  const parts = [added && `新增${added}段`, changed && `替换${changed}段`, removed && `停用${removed}段`].filter(Boolean);
  return parts.join("、") || "文字不变";
}
