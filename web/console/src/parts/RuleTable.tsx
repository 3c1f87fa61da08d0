/** The decision table of one review point: conditions, result, reason, what to do, code; rows are tried from above. */
import { Button } from "antd";
import { useState } from "react";

import type { BasisLink, Code, PointEdit, PointResult, RuleFact, RulePoint, RuleProblem, RuleRow, Standing } from "../../../shared/api";
import { addressOf } from "../place";
import { CODES, DOUBT, named as inWords, RESULTS, STANDINGS } from "../ruleWords";
import { Link } from "./Link";
import { RuleCell } from "./RuleCell";
import { RuleExamples } from "./RuleExamples";
import { State } from "./State";

interface Props {
  shown: RulePoint;
  point: PointEdit;
  earlier: readonly PointEdit[];
  facts: readonly RuleFact[];
  problems: readonly RuleProblem[];
  editable: boolean;
  hit: number | null;
  onSet: (point: PointEdit) => void;
}

const NEW_ROW: RuleRow = { cells: {}, then: "unknown", say: "", remedy: "", code: null };

export function RuleTable({ shown, point, earlier, facts, problems, editable, hit, onSet }: Props) {
  const followed = point.like ? earlier.find((one) => one.id === point.like) : undefined;
  const rows = (followed ?? point).rows ?? [];
  const free = editable && !followed;
  const setRow = (at: number, row: RuleRow) => onSet({ ...point, rows: rows.map((one, n) => (n === at ? row : one)) });
  return (
    <section className="panel rule-point" aria-labelledby={`point-${point.id}`}>
      <div className="rule-point-head">
        <h3 id={`point-${point.id}`}>
          {point.id} {shown.text}
        </h3>
        <State text={shown.kind} />
        {shown.is_unverified && <State text="事项表里未核实：只会转人工，不会退回" tone="warn" />}
      </div>
      <p className="quiet rule-basis">依据：{shown.bases.length === 0 ? "事项表没有写" : shown.bases.map((basis, n) => <Basis key={n} basis={basis} />)}</p>
      <PointSettings point={point} earlier={earlier} editable={editable} onSet={onSet} />
      {point.standing !== "info" && (
        <>
          <Rows point={point} rows={rows} facts={facts} problems={problems} editable={free} hit={hit} onRow={setRow} onRows={(next) => onSet({ ...point, rows: next })} />
          {free && (
            <Button size="small" className="add" onClick={() => onSet({ ...point, rows: [...rows, NEW_ROW] })}>
              添加一行
            </Button>
          )}
          {!followed && <RuleExamples point={point} facts={facts} editable={editable} onSet={onSet} />}
        </>
      )}
      {problems.map((problem, n) => (
        <p key={n} className={problem.blocks ? "is-danger" : "is-warn"} role="alert">
          {problem.sentence}
        </p>
      ))}
    </section>
  );
}

function Basis({ basis }: { basis: BasisLink }) {
  const text = `《${basis.title}》${basis.locator}`;
  if (basis.document)
    return <Link to={addressOf(["documents", basis.document], { version: basis.version ?? undefined, passage: basis.passage ?? undefined })}>{text}</Link>;
  return basis.url ? (
    <a href={basis.url} rel="noreferrer" target="_blank">
      {text}
    </a>
  ) : (
    <span>{text}</span>
  );
}

function PointSettings({ point, earlier, editable, onSet }: Pick<Props, "point" | "earlier" | "editable" | "onSet">) {
  const name = `${point.id} `;
  return (
    <div className="rule-settings">
      <label>
        <span>性质</span>
        <select aria-label={`${name}性质`} value={point.standing} disabled={!editable} onChange={(event) => onSet({ ...point, standing: event.target.value as Standing })}>
          {(Object.keys(STANDINGS) as Standing[]).map((one) => (
            <option key={one} value={one}>
              {STANDINGS[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>沿用</span>
        <select
          aria-label={`${name}沿用哪一条的表`}
          value={point.like}
          disabled={!editable}
          onChange={(event) => onSet({ ...point, like: event.target.value, rows: event.target.value ? [] : (earlier.find((one) => one.id === point.like)?.rows ?? point.rows ?? []), examples: event.target.value ? [] : (earlier.find((one) => one.id === point.like)?.examples ?? point.examples ?? []) })}
        >
          <option value="">用自己的表</option>
          {earlier
            .filter((one) => !one.like)
            .map((one) => (
              <option key={one.id} value={one.id}>
                和 {one.id} 相同
              </option>
            ))}
        </select>
      </label>
      <label>
        <span>退回的说明代码</span>
        <CodeSelect label={`${name}退回的说明代码`} code={point.code} disabled={!editable} onSet={(code) => onSet({ ...point, code: code ?? "condition_not_met" })} />
      </label>
      <label>
        <span>适用</span>
        <input type="date" aria-label={`${name}从哪天起`} value={point.effective_from ?? ""} readOnly={!editable} onChange={(event) => onSet({ ...point, effective_from: event.target.value || null })} />
        <input type="date" aria-label={`${name}到哪天止`} value={point.effective_to ?? ""} readOnly={!editable} onChange={(event) => onSet({ ...point, effective_to: event.target.value || null })} />
      </label>
      <label className="is-wide">
        <span>补充依据</span>
        <input aria-label={`${name}补充依据`} value={point.basis} readOnly={!editable} placeholder="不填就用事项表里的依据" onChange={(event) => onSet({ ...point, basis: event.target.value })} />
      </label>
    </div>
  );
}

function CodeSelect({ label, code, disabled, empty, onSet }: { label: string; code: Code | ""; disabled: boolean; empty?: boolean; onSet: (code: Code | null) => void }) {
  return (
    <select aria-label={label} value={code} disabled={disabled} onChange={(event) => onSet((event.target.value || null) as Code | null)}>
      {empty && <option value="">同上</option>}
      {(Object.keys(CODES) as Code[])
        .filter((one) => one !== "needs_human")
        .map((one) => (
          <option key={one} value={one}>
            {CODES[one]}
          </option>
        ))}
    </select>
  );
}

interface RowsProps {
  point: PointEdit;
  rows: readonly RuleRow[];
  facts: readonly RuleFact[];
  problems: readonly RuleProblem[];
  editable: boolean;
  hit: number | null;
  onRow: (at: number, row: RuleRow) => void;
  onRows: (rows: RuleRow[]) => void;
}

function Rows({ point, rows, facts, problems, editable, hit, onRow, onRows }: RowsProps) {
  const [added, setAdded] = useState<string[]>([]);
  const used = [...new Set([...rows.flatMap((row) => Object.keys(row.cells)), ...added])];
  const known = new Map(facts.map((fact) => [fact.name, fact]));
  const setCell = (at: number, name: string, cell: RuleRow["cells"][string] | null) => {
    const row = rows[at];
    if (!row) return;
    const cells = Object.fromEntries(Object.entries(row.cells).filter(([other]) => other !== name));
    onRow(at, { ...row, cells: cell ? { ...cells, [name]: cell } : cells });
  };
  const move = (at: number, by: number) => {
    const next = [...rows];
    const [row] = next.splice(at, 1);
    if (row) next.splice(at + by, 0, row);
    onRows(next);
  };
  return (
    <div className="rule-scroll" tabIndex={0} role="region" aria-label={`${point.id} 的规则表`}>
      <table className="rule-table">
        <thead>
          <tr>
            <th scope="col">行</th>
            {used.map((name) => (
              <th scope="col" key={name} title={known.get(name.replace(DOUBT, ""))?.told}>
                {inWords(known.get(name.replace(DOUBT, ""))) || name.replace(DOUBT, "")}
                {name.endsWith(DOUBT) ? "写得含糊" : ""}{" "}
                <code>{name.replace(DOUBT, "")}</code>
              </th>
            ))}
            {editable && (
              <th scope="col">
                <select aria-label={`${point.id}：添加一列条件`} value="" onChange={(event) => setAdded([...added, event.target.value])}>
                  <option value="">加一列…</option>
                  {facts
                    .flatMap((fact) => [fact.name, fact.name + DOUBT])
                    .filter((name) => !used.includes(name))
                    .map((name) => (
                      <option key={name} value={name}>
                        {name.endsWith(DOUBT) ? `${name.replace(DOUBT, "")} 写得含糊` : name}
                      </option>
                    ))}
                </select>
              </th>
            )}
            <th scope="col">结果</th>
            <th scope="col">告诉申请人</th>
            <th scope="col">怎么办</th>
            <th scope="col">代码</th>
            {editable && <th scope="col">顺序</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, n) => (
            <tr key={n} className={hit === n + 1 ? "is-hit" : ""} aria-current={hit === n + 1 ? "true" : undefined}>
              <th scope="row">
                {n + 1}
                {hit === n + 1 && <span className="sub">符合</span>}
              </th>
              {used.map((name) => (
                <td key={name}>
                  <RuleCell
                    label={`${point.id} 第${n + 1}行 ${name}`}
                    cell={row.cells[name]}
                    tests={name.endsWith(DOUBT) ? ["yes", "unknown"] : (known.get(name)?.tests ?? ["yes", "no", "unknown"])}
                    editable={editable}
                    wrong={problems.some((problem) => problem.row === n + 1 && problem.fact === name)}
                    onSet={(cell) => setCell(n, name, cell)}
                  />
                </td>
              ))}
              {editable && <td />}
              <Conclusion point={point} row={row} number={n + 1} editable={editable} onSet={(next) => onRow(n, next)} />
              {editable && (
                <td className="rule-order">
                  <button type="button" aria-label={`第${n + 1}行上移`} disabled={n === 0} onClick={() => move(n, -1)}>
                    ↑
                  </button>
                  <button type="button" aria-label={`第${n + 1}行下移`} disabled={n === rows.length - 1} onClick={() => move(n, 1)}>
                    ↓
                  </button>
                  <button type="button" aria-label={`删去第${n + 1}行`} onClick={() => onRows(rows.filter((_, other) => other !== n))}>
                    删
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Conclusion({ point, row, number, editable, onSet }: { point: PointEdit; row: RuleRow; number: number; editable: boolean; onSet: (row: RuleRow) => void }) {
  const name = `${point.id} 第${number}行`;
  if (!editable)
    return (
      <>
        <td className={`is-${row.then}`}>{RESULTS[row.then]}</td>
        <td>{row.say || <span className="quiet">{row.then === "fail" ? "用要点原文" : ""}</span>}</td>
        <td>{row.remedy}</td>
        <td>{row.code ? CODES[row.code] : ""}</td>
      </>
    );
  return (
    <>
      <td>
        <select aria-label={`${name} 结果`} value={row.then} onChange={(event) => onSet({ ...row, then: event.target.value as PointResult })}>
          {(Object.keys(RESULTS) as PointResult[]).map((one) => (
            <option key={one} value={one}>
              {RESULTS[one]}
            </option>
          ))}
        </select>
      </td>
      <td>
        <textarea aria-label={`${name} 告诉申请人`} rows={2} value={row.say} onChange={(event) => onSet({ ...row, say: event.target.value })} />
      </td>
      <td>
        <textarea aria-label={`${name} 怎么办`} rows={2} value={row.remedy} onChange={(event) => onSet({ ...row, remedy: event.target.value })} />
      </td>
      <td>
        <CodeSelect label={`${name} 代码`} code={row.code ?? ""} disabled={false} empty onSet={(code) => onSet({ ...row, code })} />
      </td>
    </>
  );
}
