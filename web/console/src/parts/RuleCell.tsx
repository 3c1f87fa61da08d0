/** One cell of a rule table: what is asked of the fact, and the values it is asked for. */
import type { CellTest, RuleCell as Cell } from "../../../shared/api";
import { listed, takes, TESTS } from "../ruleWords";

interface Props {
  label: string;
  cell: Cell | undefined;
  tests: readonly CellTest[];
  editable: boolean;
  wrong: boolean;
  onSet: (cell: Cell | null) => void;
}

export function RuleCell({ label, cell, tests, editable, wrong, onSet }: Props) {
  if (!editable) return <>{cell ? said(cell) : <span className="quiet">不看</span>}</>;
  const offered = cell && !tests.includes(cell.test) ? [...tests, cell.test] : tests;
  const change = (test: string) => {
    if (test === "") onSet(null);
    else onSet({ test: test as CellTest, values: takes(test as CellTest) === 0 ? [] : (cell?.values ?? []) });
  };
  const many = cell ? takes(cell.test) : 0;
  const put = (at: number, value: string) => {
    if (!cell) return;
    const values = many === -1 ? listed(value) : Array.from({ length: many }, (_, n) => (n === at ? value : (cell.values?.[n] ?? "")));
    onSet({ ...cell, values });
  };
  return (
    <div className={wrong ? "rule-cell is-wrong" : "rule-cell"}>
      <select aria-label={`${label}：怎么比`} value={cell?.test ?? ""} onChange={(event) => change(event.target.value)}>
        <option value="">不看</option>
        {offered.map((test) => (
          <option key={test} value={test}>
            {TESTS[test]}
          </option>
        ))}
      </select>
      {cell && many === -1 && (
        <input
          key={cell.test}
          aria-label={`${label}：文字，用顿号隔开`}
          defaultValue={cell.values?.join("、")}
          onBlur={(event) => put(0, event.target.value)}
        />
      )}
      {cell &&
        many > 0 &&
        Array.from({ length: many }, (_, n) => (
          <input
            key={n}
            aria-label={`${label}：${many === 2 ? (n === 0 ? "从" : "到") : "值"}`}
            value={cell.values?.[n] ?? ""}
            onChange={(event) => put(n, event.target.value)}
          />
        ))}
    </div>
  );
}

function said(cell: Cell): string {
  const values = cell.values ?? [];
  if (cell.test === "within" || cell.test === "outside") return `${TESTS[cell.test]} ${values.join(" 到 ")}`;
  if (cell.test === "written") return values.join("");
  return [TESTS[cell.test], values.join("、")].filter(Boolean).join(" ");
}
