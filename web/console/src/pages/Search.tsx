/** The search test page: what the product finds for a question, with every score, and saving it as a case. */
import { App as Feedback, Button, Checkbox, Input, Progress } from "antd";
import { useState, type SubmitEvent } from "react";

import type { CandidateItem, CandidatePassage, CaseLine, CaseLines, SearchTrial } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { Failure } from "../../../shared/staff/Failure";
import { Link } from "../parts/Link";
import { State } from "../parts/State";
import { addressOf, go, usePlace } from "../place";
import { ask, sentenceOf } from "../../../shared/staff/server";
import { count, DECISIONS, LEGS, moment, place } from "../words";

export function Search() {
  const { query } = usePlace();
  const asked = query.get("query") ?? "";
  const asOf = query.get("as_of") ?? "";
  const region = query.get("region") ?? "";
  const wanted = new URLSearchParams({
    query: asked,
    ...(asOf ? { as_of: asOf } : {}),
    ...(region ? { region } : {}),
  }).toString();
  const trial = useLoaded(wanted, (signal) =>
    asked ? ask<SearchTrial>(`/api/console/search?${wanted}`, { signal }) : Promise.resolve(undefined),
  );
  const cases = useLoaded("cases", (signal) => ask<CaseLines>("/api/console/cases", { signal }));
  return (
    <>
      <div className="head">
        <h1>搜索测试</h1>
      </div>
      <Form key={wanted} asked={asked} asOf={asOf} region={region} />
      <Failure failure={trial.failure} onRetry={trial.reload} />
      {asked && trial.loading && <p className="quiet">正在查找…</p>}
      {trial.data && <Result key={wanted} trial={trial.data} asOf={asOf} region={region} onSaved={cases.reload} />}
      {cases.data && <Cases cases={cases.data} />}
    </>
  );
}

function Form({ asked, asOf, region }: { asked: string; asOf: string; region: string }) {
  const [query, setQuery] = useState(asked);
  const [day, setDay] = useState(asOf);
  const [where, setWhere] = useState(region);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    go(addressOf(["search"], { query: query.trim(), as_of: day, region: where.trim() }));
  };
  return (
    <form className="panel trial" onSubmit={submit}>
      <label className="field is-wide" htmlFor="query">
        <span>市民会怎么问</span>
        <Input id="query" value={query} maxLength={500} onChange={(e) => setQuery(e.target.value)} placeholder="例如：身份证丢了怎么办" />
      </label>
      <label className="field" htmlFor="region">
        <span>地区（可不填）</span>
        <Input id="region" value={where} onChange={(e) => setWhere(e.target.value)} placeholder="上海市/徐汇区" />
      </label>
      <label className="field" htmlFor="as-of">
        <span>截至哪一天（可不填）</span>
        <Input id="as-of" type="date" value={day} onChange={(e) => setDay(e.target.value)} />
      </label>
      <Button type="primary" htmlType="submit" disabled={!query.trim()}>
        试一试
      </Button>
    </form>
  );
}

interface ResultProps {
  trial: SearchTrial;
  asOf: string;
  region: string;
  onSaved: () => void;
}

function Result({ trial, asOf, region, onSaved }: ResultProps) {
  const [items, setItems] = useState<string[]>(trial.items.filter((one) => one.accepted).map((one) => one.slug));
  const [sources, setSources] = useState<string[]>([]);
  return (
    <>
      <section className="panel verdict" aria-label="判断">
        <p>
          <State text={DECISIONS[trial.decision] ?? trial.decision} tone={trial.decision === "accept" ? "good" : "warn"} />{" "}
          <State text={trial.enough ? "文件里有依据" : "文件里依据不足，会说不知道"} tone={trial.enough ? "good" : "warn"} />
        </p>
        <p className="quiet">
          文件里能答上的可能性 {percent(trial.evidence)}，够用的界线是 {percent(trial.evidence_needed)}。截至 {trial.as_of}，
          {trial.region}，用时 {trial.milliseconds} 毫秒。
        </p>
        {trial.degraded && <p className="note">搜索现在不完整：{trial.degraded}</p>}
      </section>
      <div className="two">
        <section aria-labelledby="items">
          <h2 id="items">认出的事项</h2>
          {trial.items.length === 0 ? (
            <p className="empty">没有认出事项。</p>
          ) : (
            <ItemRows rows={trial.items} ticked={items} onTick={setItems} />
          )}
        </section>
        <SaveCase key={trial.query} trial={trial} items={items} sources={sources} asOf={asOf} region={region} onSaved={onSaved} />
      </div>
      <section aria-labelledby="passages">
        <h2 id="passages">找到的段落</h2>
        {trial.passages.length === 0 ? (
          <p className="empty">没有找到段落。</p>
        ) : (
          <PassageRows rows={trial.passages} ticked={sources} onTick={setSources} />
        )}
      </section>
    </>
  );
}

function tick(all: string[], one: string, on: boolean): string[] {
  return on ? [...new Set([...all, one])] : all.filter((other) => other !== one);
}

interface RowsProps<T> {
  rows: T[];
  ticked: string[];
  onTick: (ticked: string[]) => void;
}

function ItemRows({ rows, ticked, onTick }: RowsProps<CandidateItem>) {
  return (
    <ol className="candidates">
      {rows.map((one) => (
        <li key={one.slug}>
          <Checkbox
            checked={ticked.includes(one.slug)}
            onChange={(event) => onTick(tick(ticked, one.slug, event.target.checked))}
          >
            <span className="sr-only">应当是：</span>
            {one.name}
          </Checkbox>
          <Progress percent={Math.round(one.probability * 100)} size="small" aria-label={`${one.name} 的可能性`} status="normal" />
        </li>
      ))}
    </ol>
  );
}

function PassageRows({ rows, ticked, onTick }: RowsProps<CandidatePassage>) {
  return (
    <ol className="hits">
      {rows.map((one, n) => (
        <li key={one.passage}>
          <h3>
            <span className="num">{n + 1}</span>{" "}
            <Link to={addressOf(one.source.split("/"), { version: one.version, passage: one.passage })}>{one.title}</Link>
          </h3>
          <p className="quiet">{place(one.heading, one.clause) || "正文"}</p>
          <p className="words">{one.text}</p>
          <p className="legs">
            <span>
              合并 <b>{one.score.toFixed(3)}</b>
            </span>
            {one.legs.map((leg) => (
              <span key={leg.leg}>
                {LEGS[leg.leg] ?? leg.leg} <b>{leg.score.toFixed(3)}</b>
              </span>
            ))}
            {one.garbled && <State text="有乱码，数字不引用" tone="danger" />}
            <Checkbox
              checked={ticked.includes(one.source)}
              onChange={(event) => onTick(tick(ticked, one.source, event.target.checked))}
            >
              应当引用<span className="sr-only">：{one.title}</span>
            </Checkbox>
          </p>
        </li>
      ))}
    </ol>
  );
}

interface SaveProps {
  trial: SearchTrial;
  items: string[];
  sources: string[];
  asOf: string;
  region: string;
  onSaved: () => void;
}

function SaveCase({ trial, items, sources, asOf, region, onSaved }: SaveProps) {
  const { message } = Feedback.useApp();
  const [facts, setFacts] = useState("");
  const [note, setNote] = useState("");
  const save = (path: string, body: unknown) => {
    ask<CaseLine>(`/api/console/cases/${path}`, { method: "POST", body }).then(
      () => {
        void message.success("已存为评测用例");
        onSaved();
      },
      (failed: unknown) => void message.error(sentenceOf(failed)),
    );
  };
  const common = { region: region || null, note: note.trim() };
  const lines = facts.split("\n").map((line) => line.trim()).filter(Boolean);
  const cited = [...items.map((slug) => `items/${slug}`), ...sources];
  return (
    <section className="panel" aria-labelledby="save">
      <h2 id="save">存为评测用例</h2>
      <p className="quiet">
        先勾选应当认出的事项、应当引用的文件。现在勾了 {items.length} 个事项、{sources.length} 份文件；事项一个都不勾，就是「目录里没有」。
      </p>
      <label className="field" htmlFor="facts">
        <span>正确答案里必须有的话，一行一条（存答案用例时）</span>
        <Input.TextArea id="facts" value={facts} onChange={(e) => setFacts(e.target.value)} rows={2} />
      </label>
      <label className="field" htmlFor="note">
        <span>说明（可不填）</span>
        <Input id="note" value={note} maxLength={500} onChange={(e) => setNote(e.target.value)} />
      </label>
      <div className="row">
        <Button onClick={() => save("recognition", { query: trial.query, expected: items, ...common })}>存为识别用例</Button>
        <Button
          onClick={() =>
            save("answers", {
              question: trial.query,
              as_of: asOf || null,
              answerable: cited.length > 0,
              facts: lines,
              citations: cited,
              ...common,
            })
          }
        >
          存为答案用例
        </Button>
      </div>
    </section>
  );
}

function Cases({ cases }: { cases: CaseLines }) {
  return (
    <section aria-labelledby="cases">
      <h2 id="cases">存下的用例 {cases.total > 0 && <span className="num">{count(cases.total)}</span>}</h2>
      {cases.total === 0 ? (
        <p className="empty">还没有存过用例。</p>
      ) : (
        <>
          <p className="row">
            <a href="/api/console/cases/recognition.jsonl" download>
              导出识别用例（JSONL）
            </a>
            <a href="/api/console/cases/answers.jsonl" download>
              导出答案用例（JSONL）
            </a>
          </p>
          <ul className="plain-list">
            {cases.cases.map((one) => (
              <li key={one.id}>
                <State text={one.task === "recognition" ? "识别" : "答案"} /> {one.query}
                <span className="sub">
                  {one.expected.length > 0 ? `应当是 ${one.expected.join("、")}` : "应当没有对应"} · {one.saved_by.name} ·{" "}
                  {moment(one.saved_at)}
                  {one.note && ` · ${one.note}`}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

const percent = (share: number) => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%`;
