/** A group of facts: their texts, whether they have a source, which, and what the validator says about each. */
import { Button, Input, Select } from "antd";

import type { FactForm, FactStatus, GroupShape, SheetProblem, SourceOption } from "../../../shared/api";
import { State, type Tone } from "./State";

const STATUSES: Record<FactStatus, { text: string; tone: Tone }> = {
  sourced: { text: "有来源", tone: "good" },
  derived: { text: "推导", tone: "warn" },
  unverified: { text: "未核实", tone: "plain" },
};
const STATUS_OPTIONS = (Object.keys(STATUSES) as FactStatus[]).map((value) => ({ value, label: STATUSES[value].text }));

interface Props {
  shape: GroupShape;
  facts: FactForm[];
  sources: SourceOption[];
  problems: SheetProblem[];
  editable: boolean;
  onSet: (facts: FactForm[]) => void;
}

export function FactGroup({ shape, facts, sources, problems, editable, onSet }: Props) {
  const set = (at: number, fact: FactForm) => onSet(facts.map((one, n) => (n === at ? fact : one)));
  const blank: FactForm = {
    group: shape.group,
    index: null,
    values: Object.fromEntries(shape.fields.map((field) => [field.key, ""])),
    status: "unverified",
    sources: [],
  };
  return (
    <section className="fact-group" aria-labelledby={`group-${shape.group}`}>
      <h2 id={`group-${shape.group}`}>{shape.label}</h2>
      {facts.length === 0 && <p className="quiet">还没有。没写的内容一律当作未核实，不会说给市民。</p>}
      <ol className="fact-list">
        {facts.map((fact, n) => (
          <Fact
            key={n}
            shape={shape}
            number={shape.many ? n + 1 : null}
            fact={fact}
            sources={sources}
            problems={problems.filter((problem) => problem.index === null || problem.index === n)}
            editable={editable}
            onSet={(next) => set(n, next)}
            onRemove={shape.many ? () => onSet(facts.filter((_, other) => other !== n)) : undefined}
          />
        ))}
      </ol>
      {shape.many && editable && (
        <Button className="add" size="small" onClick={() => onSet([...facts, blank])}>
          添加一条{shape.label}
        </Button>
      )}
    </section>
  );
}

interface FactProps {
  shape: GroupShape;
  number: number | null;
  fact: FactForm;
  sources: SourceOption[];
  problems: SheetProblem[];
  editable: boolean;
  onSet: (fact: FactForm) => void;
  onRemove: (() => void) | undefined;
}

function Fact({ shape, number, fact, sources, problems, editable, onSet, onRemove }: FactProps) {
  const name = `${shape.label}${number === null ? "" : ` ${number}`}`;
  const titles = new Map(sources.map((source) => [source.id, source.title]));
  const setRefs = (refs: string[]) =>
    onSet({ ...fact, sources: refs.map((ref) => fact.sources.find((one) => one.ref === ref) ?? { ref, locator: null }) });
  return (
    <li className="panel fact">
      <div className="fact-texts">
        {shape.fields.map((field) => (
          <label className="field" key={field.key}>
            <span className={shape.fields.length === 1 && !shape.many ? "sr-only" : ""}>
              {field.label}
              <span className="sr-only">（{name}）</span>
            </span>
            <Input.TextArea
              value={fact.values[field.key] ?? ""}
              readOnly={!editable}
              rows={1}
              onChange={(event) => onSet({ ...fact, values: { ...fact.values, [field.key]: event.target.value } })}
            />
          </label>
        ))}
        {problems.map((problem) => (
          <p key={problem.message} className={problem.blocks ? "is-danger" : "is-warn"} role="alert">
            {problem.message}
          </p>
        ))}
      </div>
      <div className="fact-proof">
        {editable ? (
          <Select
            aria-label={`${name} 的核实情况`}
            value={fact.status}
            options={STATUS_OPTIONS}
            onChange={(status: FactStatus) => onSet({ ...fact, status })}
          />
        ) : (
          <State {...STATUSES[fact.status]} />
        )}
        {editable ? (
          <Select
            mode="multiple"
            aria-label={`${name} 的来源`}
            placeholder="选择来源"
            value={fact.sources.map((one) => one.ref)}
            options={sources.map((source) => ({ value: source.id, label: `${source.id} ${source.title}` }))}
            onChange={setRefs}
          />
        ) : null}
        {fact.sources.map((source) => (
          <div className="fact-source" key={source.ref}>
            <span className="sub">{titles.get(source.ref) ?? source.ref}</span>
            {editable ? (
              <Input
                size="small"
                aria-label={`${name} 在 ${source.ref} 的条款`}
                placeholder="第几条（可不填）"
                value={source.locator ?? ""}
                onChange={(event) =>
                  onSet({
                    ...fact,
                    sources: fact.sources.map((one) =>
                      one.ref === source.ref ? { ...one, locator: event.target.value || null } : one,
                    ),
                  })
                }
              />
            ) : (
              source.locator && <span className="sub">{source.locator}</span>
            )}
          </div>
        ))}
        {onRemove && editable && (
          <Button size="small" onClick={onRemove}>
            删去<span className="sr-only">{name}</span>
          </Button>
        )}
      </div>
    </li>
  );
}
