/** 好差评: bad ratings from the first look to the check by somebody else, and the classes of problems they belong to. */
import { Button, Input } from "antd";
import { useState } from "react";

import type { components, WireRating } from "../../../shared/api";
import { Failure } from "../../../shared/staff/Failure";
import { useLoaded } from "../../../shared/staff/loading";
import { ask } from "../../../shared/staff/server";
import { STATES } from "../words";

type Problem = components["schemas"]["assistant__web__handoff_supervision_schemas__Problem"];

const day = (at: string | null) => (at ? new Date(at).toLocaleDateString("zh-CN") : "");

export function Ratings({ me }: { me: string }) {
  const ratings = useLoaded("ratings", (signal) => ask<WireRating[]>("/api/desk/supervision/ratings", { signal }));
  const problems = useLoaded("problems", (signal) => ask<Problem[]>("/api/desk/supervision/problems", { signal }));
  const [failure, setFailure] = useState<unknown>();
  const step = (ticket: string, name: string, body?: object) => {
    setFailure(undefined);
    ask(`/api/desk/supervision/ratings/${ticket}/${name}`, { method: "POST", ...(body ? { body } : {}) }).then(() => {
      ratings.reload();
      problems.reload();
    }, setFailure);
  };
  const bad = (ratings.data ?? []).filter((one) => one.stars <= 2);
  return (
    <main id="main" className="ratings" tabIndex={0}>
      <h1>好差评</h1>
      <Failure failure={failure ?? ratings.failure} onRetry={ratings.reload} />
      <section className="panel">
        <h2>问题归类（近30天，括号里是前30天）</h2>
        {problems.data?.length === 0 && <p className="quiet">没有差评。</p>}
        <ul className="chips">
          {(problems.data ?? []).map((one) => (
            <li key={one.problem} className={one.now > one.before ? "state is-danger" : "state"}>
              {one.problem} {one.now}（{one.before}）· 未办结 {one.open}
            </li>
          ))}
        </ul>
      </section>
      <section className="panel">
        <h2>
          差评跟进 <span className="num quiet">{bad.length}</span>
        </h2>
        {ratings.data && bad.length === 0 && <p className="quiet">没有要跟进的差评。</p>}
        <ul className="rating-list">
          {bad.map((one) => (
            <li key={one.ticket}>
              <p>
                <span className="num">{one.stars}星</span> {one.reasons.join("、") || "没有说原因"}{" "}
                <span className={`state is-${one.late ? "danger" : one.state === "closed" ? "good" : "info"}`}>
                  {STATES[one.state]}
                  {one.late ? " · 已超期" : ""}
                </span>{" "}
                <span className="quiet">
                  {day(one.rated_at)}
                  {one.due_at && one.state !== "closed" ? ` · ${day(one.due_at)}前办结` : ""}
                </span>
              </p>
              {one.text && <blockquote>{one.text}</blockquote>}
              {one.mended && <p className="quiet">整改：{one.mended}</p>}
              <Steps rating={one} me={me} onStep={(name, body) => step(one.ticket, name, body)} />
            </li>
          ))}
        </ul>
      </section>
    </main>
  );
}

interface StepsProps {
  rating: WireRating;
  me: string;
  onStep: (name: string, body?: object) => void;
}

function Steps({ rating, me, onStep }: StepsProps) {
  const [text, setText] = useState("");
  const words = text.trim();
  const field = (label: string) => (
    <Input aria-label={label} placeholder={label} value={text} maxLength={200} onChange={(event) => setText(event.target.value)} />
  );
  switch (rating.state) {
    case "new":
      return (
        <div className="row steps">
          {field("问题归类，或剔除的理由")}
          <Button size="small" type="primary" disabled={!words} onClick={() => onStep("own", { owner: me, problem: words })}>
            属实，我来办
          </Button>
          <Button size="small" disabled={!words} onClick={() => onStep("set-aside", { why: words })}>
            不实，剔除
          </Button>
        </div>
      );
    case "owned":
      return (
        <Button size="small" type="primary" onClick={() => onStep("called-back")}>
          已回访市民
        </Button>
      );
    case "called_back":
      return (
        <div className="row steps">
          {field("做了什么整改")}
          <Button size="small" type="primary" disabled={!words} onClick={() => onStep("mend", { why: words })}>
            整改完成
          </Button>
        </div>
      );
    case "mended":
      return rating.owner === me ? (
        <p className="quiet">等另一位同事复核。</p>
      ) : (
        <div className="row">
          <Button size="small" type="primary" onClick={() => onStep("check", { is_mended: true })}>
            复核通过
          </Button>
          <Button size="small" onClick={() => onStep("check", { is_mended: false })}>
            退回整改
          </Button>
        </div>
      );
    default:
      return null;
  }
}
