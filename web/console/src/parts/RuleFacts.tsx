/** The facts that the tables look at: where each is read and how; editable as text for those who know the measures. */
import { Button } from "antd";

import type { RuleEdit, RuleFact, RuleProblem } from "../../../shared/api";

interface Props {
  shown: readonly RuleFact[];
  facts: RuleEdit["facts"];
  measures: Readonly<Record<string, string>>;
  materials: readonly string[];
  problems: readonly RuleProblem[];
  editable: boolean;
  onSet: (facts: RuleEdit["facts"]) => void;
}

export function RuleFacts({ shown, facts, measures, materials, problems, editable, onSet }: Props) {
  const told = new Map(shown.map((fact) => [fact.name, fact.told]));
  const set = (at: number, name: string, text: string) => onSet(facts.map((one, n) => (n === at ? { name, text } : one)));
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">事实从哪里读</h2>
      <div className="rule-scroll" tabIndex={0} role="region" aria-label="事实">
        <table className="rule-table">
          <thead>
            <tr>
              <th scope="col">名称</th>
              <th scope="col">意思</th>
              <th scope="col">写法</th>
              {editable && <th scope="col">删</th>}
            </tr>
          </thead>
          <tbody>
            {facts.map((fact, n) => (
              <tr key={n}>
                <th scope="row">{editable ? <input aria-label={`第${n + 1}个事实的名称`} value={fact.name} onChange={(event) => set(n, event.target.value, fact.text)} /> : fact.name}</th>
                <td>{told.get(fact.name)}</td>
                <td>
                  {editable ? (
                    <textarea aria-label={`事实 ${fact.name} 的写法`} rows={2} value={fact.text} onChange={(event) => set(n, fact.name, event.target.value)} />
                  ) : (
                    <code>{fact.text}</code>
                  )}
                  {problems
                    .filter((problem) => problem.fact === fact.name)
                    .map((problem) => (
                      <p key={problem.sentence} className="is-danger" role="alert">
                        {problem.sentence}
                      </p>
                    ))}
                </td>
                {editable && (
                  <td>
                    <button type="button" aria-label={`删去事实 ${fact.name}`} onClick={() => onSet(facts.filter((_, other) => other !== n))}>
                      删
                    </button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {editable && (
        <Button size="small" className="add" onClick={() => onSet([...facts, { name: `fact${facts.length + 1}`, text: "flag(form.字段名)" }])}>
          添加一个事实
        </Button>
      )}
      <details>
        <summary>写法说明</summary>
        <p className="quiet">写成 量法(位置.字段名|别名)。位置：form 申请表，any 任何地方，{materials.join("，")}。</p>
        <ul className="plain-list rule-measures">
          {Object.entries(measures).map(([name, words]) => (
            <li key={name}>
              <code>{name}</code> {words}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
