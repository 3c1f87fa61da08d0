/** 好差评: bad ratings from the first look to the check by somebody else, classes of problems, the month's report. */
import { AutoComplete, Button, Input, Select } from "antd";
import { useState } from "react";

import type { RatingsOfMonth, WireRating } from "../../../shared/api";
import { Failure } from "../../../shared/staff/Failure";
import { useLoaded } from "../../../shared/staff/loading";
import { ask } from "../../../shared/staff/server";
import { Figures } from "../parts/Figures";
import { ASIDES, STATES, STEPS } from "../words";

const BASE = "/api/desk/supervision/ratings";
const day = (at: string | null) => (at ? new Date(at).toLocaleDateString("zh-CN", { timeZone: "Asia/Shanghai" }) : "");
const thisMonth = () => new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 7);

export function Ratings({ me }: { me: string }) {
  const [month, setMonth] = useState(thisMonth);
  const ratings = useLoaded("ratings", (signal) => ask<WireRating[]>(BASE, { signal }));
  const report = useLoaded(month, (signal) => ask<RatingsOfMonth>(`${BASE}/report?month=${month}`, { signal }));
  const [failure, setFailure] = useState<unknown>();
  const step = (ticket: string, name: string, body?: object) => {
    setFailure(undefined);
    ask(`${BASE}/${ticket}/${name}`, { method: "POST", ...(body ? { body } : {}) }).then(() => {
      ratings.reload();
      report.reload();
    }, setFailure);
  };
  const bad = (ratings.data ?? []).filter((one) => one.stars <= 2);
  const open = bad.filter((one) => one.state !== "closed" && one.state !== "set_aside");
  const done = bad.filter((one) => !open.includes(one));
  const known = [...new Set(bad.flatMap((one) => (one.problem ? [one.problem] : [])))];
  const list = (some: WireRating[]) => (
    <ul className="rating-list">
      {some.map((one) => (
        <One key={one.ticket} rating={one} me={me} known={known} onStep={(name, body) => step(one.ticket, name, body)} />
      ))}
    </ul>
  );
  return (
    <main id="main" className="ratings board" tabIndex={0}>
      <h1>好差评</h1>
      <Failure failure={failure ?? ratings.failure} onRetry={ratings.reload} />
      <section className="panel">
        <h2>
          要跟进的差评 <span className="num quiet">{open.length}</span>
        </h2>
        <p className="quiet">一个工作日内由人核实；属实的五个工作日内回访、整改，由另一位同事复核。被评价的人不能核实，也不能当责任人。</p>
        {ratings.data && open.length === 0 && <p className="quiet">没有要跟进的差评。</p>}
        {list(open)}
      </section>
      <section className="panel">
        <div className="row">
          <h2>月报</h2>
          <Input
            aria-label="哪个月的月报"
            type="month"
            value={month}
            max={thisMonth()}
            style={{ width: 150 }}
            onChange={(event) => {
              if (event.target.value) setMonth(event.target.value);
            }}
          />
          <Button href={`${BASE}/report.csv?month=${month}`}>导出CSV</Button>
          <Button href={`${BASE}/report.html?month=${month}`}>打印版</Button>
        </div>
        <Failure failure={report.failure} onRetry={report.reload} />
        {report.data && <Trends report={report.data} />}
      </section>
      {report.data && <Figures title="本月数字" figures={report.data.figures} />}
      {done.length > 0 && (
        <section className="panel">
          <h2>已办结或剔除</h2>
          {list(done.slice(0, 50))}
        </section>
      )}
    </main>
  );
}

function Trends({ report }: { report: RatingsOfMonth }) {
  if (report.problems.length === 0) return <p className="quiet">这半年没有属实的差评。</p>;
  return (
    <div className="wide-table">
      <table>
        <caption>问题归类与趋势：萌芽是头一回出现，反复是半数以上的月份都有</caption>
        <thead>
          <tr>
            <th>问题</th>
            {report.months.map((one) => (
              <th key={one} className="num">
                {one.replace(/^\d+年/, "")}
              </th>
            ))}
            <th className="num">未办结</th>
            <th>判断</th>
          </tr>
        </thead>
        <tbody>
          {report.problems.map((one) => (
            <tr key={one.problem}>
              <th scope="row">{one.problem}</th>
              {one.months.map((count, n) => (
                <td key={report.months[n]} className="num">
                  {count}
                </td>
              ))}
              <td className="num">{one.open}</td>
              <td>{one.word || "平稳"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface OneProps {
  rating: WireRating;
  me: string;
  known: string[];
  onStep: (name: string, body?: object) => void;
}

function One({ rating: one, me, known, onStep }: OneProps) {
  return (
    <li>
      <p>
        <span className="num">{one.stars}星</span> {one.reasons.join("、") || "没有说原因"}{" "}
        <span className={`state is-${one.late ? "danger" : one.state === "closed" ? "good" : "info"}`}>
          {STATES[one.state]}
          {one.late ? " · 已超期" : ""}
        </span>{" "}
        <span className="quiet">
          {day(one.rated_at)}
          {one.due_at && one.state !== "closed" ? ` · ${day(one.due_at)}前${one.state === "new" ? "核实" : "办结"}` : ""}
          {one.owner_name ? ` · 责任人${one.owner_name}` : ""}
          {one.problem && one.owner ? ` · 归类“${one.problem}”` : ""}
        </span>
      </p>
      {one.text && <blockquote>{one.text}</blockquote>}
      {one.steps.length > 0 && (
        <ol className="steps-taken">
          {one.steps.map((step) => (
            <li key={step.at + step.step}>
              {day(step.at)} {step.by} {STEPS[step.step]}
              {step.step === "set_aside" && step.word ? `（${ASIDES[step.word] ?? step.word}）` : ""}
              {step.text && step.step !== "verified" ? `：${step.text}` : ""}
            </li>
          ))}
        </ol>
      )}
      <Steps key={one.state} rating={one} me={me} known={known} onStep={onStep} />
    </li>
  );
}

function Steps({ rating, me, known, onStep }: OneProps) {
  const [text, setText] = useState("");
  const words = text.trim();
  const field = (label: string) => (
    <Input aria-label={label} placeholder={label} value={text} maxLength={400} onChange={(event) => setText(event.target.value)} />
  );
  switch (rating.state) {
    case "new":
      return <Verify rating={rating} me={me} known={known} onStep={onStep} />;
    case "owned":
      return (
        <div className="row steps">
          {field("回访时市民怎么说")}
          <Button type="primary" disabled={!words} onClick={() => onStep("called-back", { why: words })}>
            已回访
          </Button>
        </div>
      );
    case "called_back":
      return (
        <div className="row steps">
          {field("做了什么整改")}
          <Button type="primary" disabled={!words} onClick={() => onStep("mend", { why: words })}>
            整改完成
          </Button>
        </div>
      );
    case "mended":
      return rating.owner === me ? (
        <p className="quiet">等另一位同事复核。</p>
      ) : (
        <div className="row">
          <Button type="primary" onClick={() => onStep("check", { is_mended: true })}>
            复核通过
          </Button>
          <Button onClick={() => onStep("check", { is_mended: false })}>退回整改</Button>
        </div>
      );
    default:
      return null;
  }
}

function Verify({ rating, me, known, onStep }: OneProps) {
  const [problem, setProblem] = useState(rating.likely_problem ?? rating.reasons[0] ?? "");
  const [kind, setKind] = useState("false");
  const [why, setWhy] = useState("");
  const options = Object.entries(ASIDES).map(([value, label]) => ({ value, label }));
  return (
    <>
      <div className="row steps">
        <AutoComplete
          aria-label="属于哪一类问题"
          placeholder="属于哪一类问题"
          value={problem}
          options={known.map((value) => ({ value }))}
          onChange={setProblem}
        />
        <Button type="primary" disabled={!problem.trim()} onClick={() => onStep("own", { owner: me, problem: problem.trim() })}>
          属实，我来办
        </Button>
        {rating.likely_problem && <span className="quiet">和以前“{rating.likely_problem}”的评价最像</span>}
      </div>
      <div className="row steps">
        <Select aria-label="为什么剔除" value={kind} options={options} onChange={setKind} style={{ width: 160 }} />
        <Input aria-label="剔除的理由" placeholder="剔除的理由" value={why} maxLength={400} onChange={(event) => setWhy(event.target.value)} />
        <Button disabled={!why.trim()} onClick={() => onStep("set-aside", { kind, why: why.trim() })}>
          不实，剔除
        </Button>
      </div>
    </>
  );
}
