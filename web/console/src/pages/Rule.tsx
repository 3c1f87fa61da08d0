/** The review rules of one item as tables: edited, tried, kept as a draft, published by a second person, taken back. */
import { App as Feedback, Button, Input } from "antd";
import { useEffect, useState, useSyncExternalStore } from "react";

import type { PointEdit, RuleCheck, RuleEdit, RuleFact, RuleProblem, RuleSheet, RuleTrial as Trial } from "../../../shared/api";
import { Failure } from "../../../shared/staff/Failure";
import { useLoaded } from "../../../shared/staff/loading";
import { ask, currentSession, onSession } from "../../../shared/staff/server";
import { Ask } from "../parts/Ask";
import { Link } from "../parts/Link";
import { RuleFacts } from "../parts/RuleFacts";
import { RuleLife } from "../parts/RuleLife";
import { RuleTable } from "../parts/RuleTable";
import { RuleTrial } from "../parts/RuleTrial";
import { State } from "../parts/State";
import { versionTone } from "../parts/versionTone";
import { addressOf } from "../place";
import { editOf, STATUSES } from "../ruleWords";
import { VERSION_STATES } from "../words";

const CHECK_AFTER = 500;
type Step = "save" | "review" | "publish" | "drop";
const STEPS: Record<Step, { title: string; button: string; done: string }> = {
  save: { title: "存为草稿", button: "存为草稿", done: "已存为草稿，等待另一位同事审核发布" },
  review: { title: "审核通过这份草稿", button: "确认审核通过", done: "已审核，可以发布了" },
  publish: { title: "发布这份规则", button: "发布规则", done: "已发布，下一次预审就用它" },
  drop: { title: "放弃这份草稿", button: "放弃草稿", done: "草稿已放弃" },
};

export function Rule({ item }: { item: string }) {
  const path = `/api/console/rules/${encodeURIComponent(item)}`;
  const { data, failure, reload } = useLoaded(path, (signal) => ask<RuleSheet>(path, { signal }));
  return (
    <>
      <p className="crumb">
        <Link to={addressOf(["rules"])}>预审规则</Link> / <span>{item}</span>
      </p>
      <Failure failure={failure} onRetry={reload} />
      {data && <Sheet key={data.tag} sheet={data} path={path} onChanged={reload} />}
    </>
  );
}

function Sheet({ sheet, path, onChanged }: { sheet: RuleSheet; path: string; onChanged: () => void }) {
  const session = useSyncExternalStore(onSession, currentSession);
  const { message } = Feedback.useApp();
  const [edit, setEdit] = useState<RuleEdit | null>(null);
  const [checked, setChecked] = useState<RuleCheck>({ problems: sheet.problems, facts: sheet.facts });
  const [trial, setTrial] = useState<Trial | null>(null);
  const [step, setStep] = useState<Step | null>(null);
  const [from, setFrom] = useState("");
  const may = new Set(session?.actions ?? []);
  const shown = edit ?? editOf(sheet);
  const editable = may.has("knowledge:edit");
  useCheck(path, edit, setChecked);
  useEffect(() => {
    if (!edit) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [edit]);
  const change = (next: Partial<RuleEdit>) => {
    setTrial(null);
    setEdit({ ...shown, ...next });
  };
  const setPoint = (at: number, point: PointEdit) => change({ points: shown.points.map((one, n) => (n === at ? point : one)) });
  const act = async (why: string) => {
    if (step === "save") await ask<RuleSheet>(path, { method: "PUT", etag: sheet.tag, body: { ...edit, why } });
    else if (step === "drop") await ask<RuleSheet>(`${path}/draft`, { method: "DELETE", etag: sheet.tag });
    else await ask<RuleSheet>(`${path}/${step ?? ""}`, { method: "POST", etag: sheet.tag, body: step === "publish" ? { why, holds_from: from || null } : { why } });
    if (step) void message.success(STEPS[step].done);
    setStep(null);
    setEdit(null);
    onChanged();
  };
  const blocked = checked.problems.filter((problem) => problem.blocks).length;
  return (
    <>
      <div className="head">
        <div>
          <h1>{sheet.name}：预审规则</h1>
          <p className="facts">
            <State text={STATUSES[sheet.status]} tone={sheet.status === "approved" ? "good" : "warn"} />
            {sheet.approved_by && <span>{`${sheet.approved_on ?? ""} 由 ${sheet.approved_by.name} 审核发布`}</span>}
            {sheet.draft && <State text={`有${VERSION_STATES[sheet.draft]}`} tone={versionTone(sheet.draft)} />}
            {sheet.authors.length > 0 && <span>草稿由 {sheet.authors.map((who) => who.name).join("、")} 修改</span>}
            {sheet.why && <span>原因：{sheet.why}</span>}
          </p>
        </div>
      </div>
      <section className="steps" aria-label="下一步">
        <div className="steps-effect">
          <p>
            <strong>{edit ? "有修改还没保存" : sheet.draft ? "草稿还没有用于预审" : "现行规则，没有草稿"}</strong>
          </p>
          {!edit && sheet.why_not && <p className="quiet">{sheet.why_not}。</p>}
          <Problems problems={checked.problems} blocked={blocked} />
        </div>
        <div className="row">
          {edit && (
            <>
              <Button type="primary" disabled={blocked > 0} onClick={() => setStep("save")}>
                存为草稿…
              </Button>
              <Button onClick={() => { setEdit(null); setTrial(null); setChecked({ problems: sheet.problems, facts: sheet.facts }); }}>放弃修改</Button>
            </>
          )}
          {!edit && sheet.draft && editable && <Button onClick={() => setStep("drop")}>放弃草稿…</Button>}
          {!edit && sheet.draft === "draft" && may.has("knowledge:review") && <Button onClick={() => setStep("review")}>审核通过…</Button>}
          {!edit && sheet.draft && may.has("knowledge:publish") && (
            <Button type="primary" disabled={sheet.why_not !== null} onClick={() => setStep("publish")}>
              发布…
            </Button>
          )}
        </div>
      </section>
      {sheet.changes.length > 0 && !edit && (
        <section aria-labelledby="changes">
          <h2 id="changes">草稿改了什么</h2>
          <ul className="plain-list">
            {sheet.changes.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </section>
      )}
      <section className="panel rule-settings" aria-label="整张表">
        <label className="is-wide">
          <span>负责部门</span>
          <Input aria-label="负责部门" value={shown.owner} readOnly={!editable} onChange={(event) => change({ owner: event.target.value })} />
        </label>
        <label>
          <span>从哪天起适用</span>
          <input type="date" value={shown.effective_from ?? ""} readOnly={!editable} onChange={(event) => change({ effective_from: event.target.value || null })} />
        </label>
        <label>
          <span>到哪天止</span>
          <input type="date" value={shown.effective_to ?? ""} readOnly={!editable} onChange={(event) => change({ effective_to: event.target.value || null })} />
        </label>
      </section>
      <RuleTrial path={path} edit={shown} facts={checked.facts} trial={trial} onTried={setTrial} />
      <h2>审查要点和条件</h2>
      <p className="quiet">每张表从上往下看，第一行符合的算数；都不符合的，留给工作人员。</p>
      {shown.points.map((point, n) => {
        const own = sheet.points[n];
        if (!own) return null;
        return (
          <RuleTable
            key={point.id}
            shown={own}
            point={point}
            earlier={shown.points.slice(0, n)}
            facts={checked.facts}
            problems={checked.problems.filter((problem) => problem.where === point.id)}
            editable={editable}
            hit={trial?.points.find((one) => one.id === point.id)?.row ?? null}
            onSet={(next) => setPoint(n, next)}
          />
        );
      })}
      <Facts facts={checked.facts} edit={shown} sheet={sheet} problems={checked.problems} editable={editable} onSet={(facts) => change({ facts })} />
      {sheet.rest && (
        <details>
          <summary>材料和比对规则（只看）</summary>
          <pre className="rule-notice">{sheet.rest}</pre>
        </details>
      )}
      <RuleLife sheet={sheet} path={path} dirty={edit !== null} onChanged={onChanged} />
      {step && (
        <Ask
          title={STEPS[step].title}
          effect={step === "publish" ? <Publishing changes={sheet.changes} from={from} onFrom={setFrom} /> : step === "save" ? "预审还用现行规则；由另一位同事审核发布后才生效。" : step === "drop" ? "这份草稿不再保留在待办里，记录里仍能看到。" : "只是确认内容无误，预审还用现行规则。"}
          button={STEPS[step].button}
          danger={step === "drop"}
          onCancel={() => setStep(null)}
          onDo={act}
        />
      )}
    </>
  );
}

function Publishing({ changes, from, onFrom }: { changes: string[]; from: string; onFrom: (day: string) => void }) {
  return (
    <>
      <p>发布后，下一次预审就用新规则，共 {changes.length} 处不同。已经办完的件不受影响。</p>
      <label className="field">
        <span>从哪天起用（不填就是今天）</span>
        <input type="date" value={from} onChange={(event) => onFrom(event.target.value)} />
      </label>
    </>
  );
}

function Problems({ problems, blocked }: { problems: RuleProblem[]; blocked: number }) {
  const whole = problems.filter((problem) => problem.where === "rules");
  return (
    <>
      {problems.length > 0 && (
        <p className={blocked > 0 ? "is-danger" : "is-warn"} role="status">
          {blocked > 0 ? `有 ${blocked} 处必须先改` : `有 ${problems.length} 处建议看一下`}
        </p>
      )}
      {whole.map((problem) => (
        <p key={problem.sentence} className="is-danger">
          {problem.sentence}
        </p>
      ))}
    </>
  );
}

interface FactsProps {
  facts: RuleFact[];
  edit: RuleEdit;
  sheet: RuleSheet;
  problems: RuleProblem[];
  editable: boolean;
  onSet: (facts: RuleEdit["facts"]) => void;
}

function Facts({ facts, edit, sheet, problems, editable, onSet }: FactsProps) {
  return <RuleFacts shown={facts} facts={edit.facts} measures={sheet.measures} materials={sheet.materials} problems={problems.filter((problem) => problem.where === "facts")} editable={editable} onSet={onSet} />;
}

/** Ask the validator a moment after the last change. */
function useCheck(path: string, edit: RuleEdit | null, told: (check: RuleCheck) => void): void {
  useEffect(() => {
    if (!edit) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      ask<RuleCheck>(`${path}/check`, { method: "POST", body: edit, signal: stop.signal }).then(told, () => undefined);
    }, CHECK_AFTER);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [path, edit, told]);
}
