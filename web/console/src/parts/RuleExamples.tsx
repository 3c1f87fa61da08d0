/** Examples of a rule: facts, and the result that they must give. They are checked with each change. */
import { Button } from "antd";
import { useState } from "react";

import type { PointEdit, PointResult, RuleExample, RuleFact } from "../../../shared/api";
import { named, RESULTS } from "../ruleWords";

interface Props {
  point: PointEdit;
  facts: readonly RuleFact[];
  editable: boolean;
  onSet: (point: PointEdit) => void;
}

export function RuleExamples({ point, facts, editable, onSet }: Props) {
  const examples = point.examples ?? [];
  const used = [...new Set((point.rows ?? []).flatMap((row) => Object.keys(row.cells)))];
  const set = (next: RuleExample[]) => onSet({ ...point, examples: next });
  return (
    <details className="rule-examples">
      <summary>例子（{examples.length}）</summary>
      <ul className="plain-list">
        {examples.map((example, n) => (
          <li key={n}>
            {Object.entries(example.facts).map(([name, value]) => `${name}=${shown(value)}`).join("，") || "什么都不知道"} → <strong>{RESULTS[example.result]}</strong>
            {editable && (
              <Button size="small" type="link" aria-label={`删去 ${point.id} 的第${n + 1}个例子`} onClick={() => set(examples.filter((_, other) => other !== n))}>
                删去
              </Button>
            )}
          </li>
        ))}
      </ul>
      {editable && <NewExample names={used} facts={facts} point={point.id} onAdd={(one) => set([...examples, one])} />}
    </details>
  );
}

function NewExample({ names, facts, point, onAdd }: { names: string[]; facts: readonly RuleFact[]; point: string; onAdd: (example: RuleExample) => void }) {
  const [values, setValues] = useState<Record<string, string>>({});
  const [result, setResult] = useState<PointResult>("pass");
  return (
    <div className="rule-facts">
      {names.map((name) => (
        <FactInput key={name} label={`${point} 例子 ${name}`} name={name} facts={facts} value={values[name] ?? ""} onSet={(text) => setValues({ ...values, [name]: text })} />
      ))}
      <label>
        <span>应当</span>
        <select aria-label={`${point} 例子的结果`} value={result} onChange={(event) => setResult(event.target.value as PointResult)}>
          {(Object.keys(RESULTS) as PointResult[]).map((one) => (
            <option key={one} value={one}>
              {RESULTS[one]}
            </option>
          ))}
        </select>
      </label>
      <Button size="small" onClick={() => onAdd({ facts: factsOf(values), result })}>
        添加例子
      </Button>
    </div>
  );
}

/** A fact to try with: yes or no where it can only be that, else what is typed. */
export function FactInput({ label, name, facts, value, onSet }: { label: string; name: string; facts: readonly RuleFact[]; value: string; onSet: (text: string) => void }) {
  const fact = facts.find((one) => one.name === name);
  const yesNo = !fact || fact.kind === "flag";
  return (
    <label title={fact?.told}>
      <span>
        {named(fact) || name} {named(fact) && <code>{name}</code>}
      </span>
      {yesNo ? (
        <select aria-label={label} value={value} onChange={(event) => onSet(event.target.value)}>
          <option value="">不知道</option>
          <option value="true">是</option>
          <option value="false">否</option>
        </select>
      ) : (
        <input aria-label={label} value={value} placeholder="不知道" onChange={(event) => onSet(event.target.value)} />
      )}
    </label>
  );
}

/** What was typed, as values: 是 and 否, numbers, texts. */
export function factsOf(values: Readonly<Record<string, string>>): RuleExample["facts"] {
  const filled = Object.entries(values).filter(([, text]) => text.trim() !== "");
  return Object.fromEntries(filled.map(([name, text]) => [name, valueOf(text.trim())]));
}

function valueOf(text: string): boolean | number | string {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

const shown = (value: boolean | number | string) => (value === true ? "是" : value === false ? "否" : String(value));
