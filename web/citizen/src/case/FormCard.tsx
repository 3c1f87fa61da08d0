/** A card of three to five fields, each with where its value comes from; verified ones are only shown. */
import { Button } from "antd";
import { useId, useState, type SyntheticEvent } from "react";

import type { CaseField, CaseView } from "../../../shared/api";
import { useSettings } from "../settings";
import type { Cases } from "./cases";
import { CASE_WORDS } from "./words";

const SEVERAL = new Set(["multi-enum", "multi"]);
const LONG = new Set(["text", "table", "list"]);
const DIGITS = new Set(["mobile", "bankcard", "int", "decimal"]);

interface Props {
  cases: Cases;
  shown: CaseView;
  fields: CaseField[];
  title: string;
  saveLabel: string;
  busy: boolean;
  /** True where empty fields may be left for later. */
  skippable?: boolean;
}

export function FormCard({ cases, shown, fields, title, saveLabel, busy, skippable = false }: Props) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  // What was typed stays until the server has it, also when somebody else changed the case meanwhile.
  const [typed, setTyped] = useState<Record<string, string>>({});
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    const values: Record<string, string | null> = {};
    for (const field of fields) {
      if (field.locked) continue;
      const value = (typed[field.key] ?? field.value).trim();
      if (value !== field.value || (skippable && !value)) values[field.key] = value || null;
    }
    void cases.change("fields", { values });
  };
  return (
    <form className="case-card" onSubmit={save} key={shown.id}>
      <h3>{title}</h3>
      {fields.map((field) => (
        <Field
          key={field.key}
          field={field}
          value={typed[field.key] ?? field.value}
          onChange={(value) => setTyped((before) => ({ ...before, [field.key]: value }))}
        />
      ))}
      <div className="case-acts">
        <Button type="primary" htmlType="submit" loading={busy}>
          {saveLabel}
        </Button>
        {skippable && <span className="quiet">{words.dontKnow}</span>}
      </div>
    </form>
  );
}

function Field({ field, value, onChange }: { field: CaseField; value: string; onChange: (value: string) => void }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const id = useId();
  const note = useId();
  return (
    <div className={field.locked ? "case-field is-locked" : "case-field"}>
      <label htmlFor={id} lang="zh-CN">
        {field.name}
        {field.required && !field.value && !field.locked && <span className="case-required"> {words.required}</span>}
      </label>
      {field.locked ? (
        <output id={id} aria-describedby={note}>
          <Lock /> {field.value}
        </output>
      ) : (
        <Control id={id} note={note} field={field} value={value} onChange={onChange} />
      )}
      <p id={note} className="quiet case-note">
        {field.source && (
          <span className="case-source">
            {words.from(field.source)} · {field.locked ? words.locked : words.edit}
          </span>
        )}
        {!field.locked && field.help && <span lang="zh-CN">{field.help}</span>}
      </p>
    </div>
  );
}

interface ControlProps {
  id: string;
  note: string;
  field: CaseField;
  value: string;
  onChange: (value: string) => void;
}

function Control({ id, note, field, value, onChange }: ControlProps) {
  const same = { id, value, "aria-describedby": note, lang: "zh-CN" };
  const choices = field.type === "bool" ? ["是", "否"] : field.choices;
  if (SEVERAL.has(field.type) && choices.length > 0) {
    const chosen = value ? value.split("、") : [];
    const toggle = (choice: string) =>
      onChange(choices.filter((c) => (c === choice ? !chosen.includes(c) : chosen.includes(c))).join("、"));
    return (
      <div id={id} role="group" aria-describedby={note} className="case-several">
        {choices.map((choice) => (
          <label key={choice}>
            <input type="checkbox" checked={chosen.includes(choice)} onChange={() => toggle(choice)} /> {choice}
          </label>
        ))}
      </div>
    );
  }
  if (choices.length > 0 && !field.other_choices)
    return (
      <select {...same} onChange={(event) => onChange(event.target.value)}>
        <option value="" />
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    );
  if (LONG.has(field.type)) return <textarea {...same} rows={3} onChange={(event) => onChange(event.target.value)} />;
  const type = field.type === "date" ? "date" : field.type === "month" ? "month" : "text";
  return (
    <>
      <input
        {...same}
        type={type}
        inputMode={DIGITS.has(field.type) ? "decimal" : undefined}
        list={choices.length > 0 ? `${id}-choices` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {choices.length > 0 && (
        <datalist id={`${id}-choices`}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
    </>
  );
}

function Lock() {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M6.500 11h11v8.500h-11zM8.500 11V8a3.500 3.500 0 0 1 7 0v3" />
    </svg>
  );
}
