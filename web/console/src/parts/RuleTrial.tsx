/** Trying the table as it stands on the page: on facts, on a whole application, on every stored case. */
import { Button, Input } from "antd";
import { useState } from "react";

import type { PastCasesSheet, RuleEdit, RuleFact, RuleTrial as Trial, TriedCase, TriedPoint } from "../../../shared/api";
import { Failure } from "../../../shared/staff/Failure";
import { ask } from "../../../shared/staff/server";
import { OUTCOMES, RESULTS } from "../ruleWords";
import { count } from "../words";
import { FactInput, factsOf } from "./RuleExamples";

interface Props {
  path: string;
  edit: RuleEdit;
  facts: readonly RuleFact[];
  trial: Trial | null;
  onTried: (trial: Trial | null) => void;
}

const EXAMPLE = `{"form": {}, "materials": [{"material": "m1", "fields": {}}]}`;

export function RuleTrial({ path, edit, facts, trial, onTried }: Props) {
  const [values, setValues] = useState<Record<string, string>>({});
  const [pasted, setPasted] = useState("");
  const [failure, setFailure] = useState<unknown>();
  const [past, setPast] = useState<PastCasesSheet | null>(null);
  const [busy, setBusy] = useState(false);
  const used = facts.filter((fact) => !fact.text.startsWith("calc(") || edit.points.some((point) => point.rows?.some((row) => fact.name in row.cells)));
  const run = (work: () => Promise<void>) => {
    setBusy(true);
    setFailure(undefined);
    work()
      .catch(setFailure)
      .finally(() => setBusy(false));
  };
  const tryOn = (body: { facts?: ReturnType<typeof factsOf>; case?: TriedCase }) =>
    run(async () => onTried(await ask<Trial>(`${path}/try`, { method: "POST", body: { edit, ...body } })));
  const tryCase = () => {
    let parsed: { today?: string; form?: object; materials?: object[]; exemptions?: object[] };
    try {
      parsed = JSON.parse(pasted) as typeof parsed;
    } catch {
      setFailure(new Error("粘贴的内容不是完整的 JSON，请检查括号和引号。"));
      return;
    }
    const { today, form, materials, exemptions } = parsed;
    tryOn({ case: { today: today ?? null, form: form ?? {}, materials: materials ?? [], exemptions: exemptions ?? [] } as TriedCase });
  };
  return (
    <section className="panel" aria-labelledby="trial">
      <h2 id="trial">试一试</h2>
      <p className="quiet">用页面上现在的表来试，不会保存，也不影响任何办件。</p>
      <div className="rule-facts">
        {used.map((fact) => (
          <FactInput key={fact.name} label={`试用 ${fact.name}`} name={fact.name} facts={facts} value={values[fact.name] ?? ""} onSet={(text) => setValues({ ...values, [fact.name]: text })} />
        ))}
      </div>
      <div className="row">
        <Button type="primary" loading={busy} onClick={() => tryOn({ facts: factsOf(values) })}>
          按这些事实试
        </Button>
        <Button onClick={() => { setValues({}); onTried(null); }}>清空</Button>
        <Button loading={busy} onClick={() => run(async () => setPast(await ask<PastCasesSheet>(`${path}/past`, { method: "POST", body: edit })))}>
          看哪些办过的件会变
        </Button>
      </div>
      <details>
        <summary>粘贴一整份申请来试</summary>
        <label className="field">
          <span>申请（JSON：form、materials、exemptions、today）</span>
          <Input.TextArea value={pasted} rows={5} placeholder={EXAMPLE} onChange={(event) => setPasted(event.target.value)} />
        </label>
        <Button disabled={!pasted.trim()} loading={busy} onClick={tryCase}>
          按这份申请试
        </Button>
      </details>
      <Failure failure={failure} />
      {trial && <Tried trial={trial} />}
      {past && <Past past={past} />}
    </section>
  );
}

function Tried({ trial }: { trial: Trial }) {
  return (
    <div role="status" className="rule-tried">
      {trial.outcome && (
        <p>
          <strong>结果：{OUTCOMES[trial.outcome]}</strong>
          {trial.before && trial.before !== trial.outcome && <span className="is-warn">（现行规则：{OUTCOMES[trial.before]}）</span>}
        </p>
      )}
      <table className="table">
        <thead>
          <tr>
            <th scope="col">要点</th>
            <th scope="col">结果</th>
            <th scope="col">现行</th>
            <th scope="col">哪一行</th>
            <th scope="col">理由和看到的内容</th>
          </tr>
        </thead>
        <tbody>
          {trial.points.map((point) => (
            <TriedRow key={point.id} point={point} />
          ))}
        </tbody>
      </table>
      {trial.notice && <pre className="rule-notice">{trial.notice}</pre>}
    </div>
  );
}

function TriedRow({ point }: { point: TriedPoint }) {
  const changed = point.before !== null && point.before !== point.result;
  return (
    <tr className={changed ? "is-changed" : ""}>
      <th scope="row">{point.id}</th>
      <td data-label="结果">{RESULTS[point.result]}</td>
      <td data-label="现行">{point.before ? RESULTS[point.before] : "没有"}{changed && <span className="sub is-warn">会变</span>}</td>
      <td data-label="哪一行">{point.row ? `第${point.row}行` : "没有"}</td>
      <td data-label="理由">
        {point.reason}
        <span className="sub">{point.trace.map((seen) => `${seen.where === "facts" ? "" : `${seen.where} `}${seen.name}：${seen.value}`).join("；")}</span>
      </td>
    </tr>
  );
}

function Past({ past }: { past: PastCasesSheet }) {
  return (
    <div role="status" className="rule-tried">
      <p>
        <strong>
          看了 {count(past.looked_at)} 件{past.is_all ? "（全部）" : "（最近的）"}，{past.changed.length === 0 ? "没有一件会变" : `${count(past.changed.length)} 件会变`}。
        </strong>
      </p>
      {past.changed.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">办件</th>
              <th scope="col">日期</th>
              <th scope="col">现行结果</th>
              <th scope="col">改后结果</th>
              <th scope="col">哪些要点会变</th>
            </tr>
          </thead>
          <tbody>
            {past.changed.map((one) => (
              <tr key={one.code}>
                <th scope="row">{one.code}</th>
                <td data-label="日期">{one.day}</td>
                <td data-label="现行结果">{OUTCOMES[one.before]}</td>
                <td data-label="改后结果">{OUTCOMES[one.after]}</td>
                <td data-label="要点">{one.points.join("；")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
