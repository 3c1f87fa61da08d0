/** One field of a form: its label, the control that suits its type, its source, its help, and what is wrong with it. */
import { useId } from "react";

import type { CaseField } from "../../../shared/api";
import { useSettings } from "../settings";
import { CASE_WORDS } from "./words";

const SEVERAL = new Set(["multi-enum", "multi"]);
const LONG = new Set(["text", "table", "list"]);
const NUMERIC = new Set(["bankcard", "int"]);
const RANGES: Record<string, { input: string; sign: string }> = {
  daterange: { input: "date", sign: "" },
  monthrange: { input: "month", sign: "" },
  datetimerange: { input: "datetime-local", sign: " " },
};
const INPUTS: Record<string, string> = { date: "date", month: "month", datetime: "datetime-local", mobile: "tel" };
/** What a browser may fill in by itself: the citizen's own, and nobody else's. */
const AUTOCOMPLETE: Record<string, string> = { 姓名: "name", 手机号码: "tel", 现居住地址: "street-address" };

interface FieldProps {
  field: CaseField;
  value: string;
  isWrong: boolean;
  onChange: (value: string) => void;
}

export function Field({ field, value, isWrong, onChange }: FieldProps) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const id = useId();
  const note = useId();
  const several = SEVERAL.has(field.type) && field.choices.length > 0;
  const parted = several || field.type in RANGES;
  const name = (
    <>
      {language === "en" && field.english && <span lang="en">{field.english} </span>}
      <span lang="zh-CN" className={language === "en" && field.english ? "quiet" : undefined}>
        {field.name}
      </span>
      {field.required && !field.value && !field.locked && <span className="case-required"> {words.required}</span>}
    </>
  );
  return (
    <div className={field.locked ? "case-field is-locked" : "case-field"}>
      {parted ? (
        <p className="case-label" id={id}>
          {name}
        </p>
      ) : (
        <label htmlFor={id}>{name}</label>
      )}
      {field.locked ? (
        <output id={parted ? undefined : id} aria-describedby={note}>
          <Lock /> {field.value}
        </output>
      ) : (
        <Control id={id} note={note} field={field} value={value} isWrong={isWrong} onChange={onChange} />
      )}
      <div id={note} className="quiet case-note">
        {isWrong && (
          <p className="case-wrong" role="alert">
            {words.wrong(words.hints[field.type] ?? field.hint)}
          </p>
        )}
        {field.source && (
          <p className="case-source">
            {words.from(field.source, field.source_english)} · {field.locked ? words.locked : words.edit}
          </p>
        )}
        {!field.locked && language === "en" && words.hints[field.type] && <p>{words.hints[field.type]}</p>}
        {!field.locked && language !== "en" && field.help && <p>{field.help}</p>}
      </div>
    </div>
  );
}

interface ControlProps extends FieldProps {
  id: string;
  note: string;
}

function Control({ id, note, field, value, isWrong, onChange }: ControlProps) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const invalid = isWrong || undefined;
  const same = { id, value, "aria-describedby": note, "aria-invalid": invalid, lang: "zh-CN" };
  const choices = field.type === "bool" ? ["是", "否"] : field.choices;
  const range = RANGES[field.type];
  if (range) return <Range {...{ id, note, field, value, isWrong, onChange }} input={range.input} sign={range.sign} />;
  if (SEVERAL.has(field.type) && choices.length > 0) {
    const chosen = value ? value.split("、") : [];
    const toggle = (choice: string) =>
      onChange(choices.filter((c) => (c === choice ? !chosen.includes(c) : chosen.includes(c))).join("、"));
    return (
      <div role="group" aria-labelledby={id} aria-describedby={note} className="case-several">
        {choices.map((choice) => (
          <label key={choice} lang="zh-CN">
            <input type="checkbox" checked={chosen.includes(choice)} onChange={() => toggle(choice)} /> {choice}
          </label>
        ))}
      </div>
    );
  }
  if (choices.length > 0 && !field.other_choices)
    return (
      <select {...same} onChange={(event) => onChange(event.target.value)}>
        <option value="">{words.pick}</option>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {words.choice(choice)}
          </option>
        ))}
      </select>
    );
  if (LONG.has(field.type)) return <textarea {...same} rows={3} onChange={(event) => onChange(event.target.value)} />;
  const input = INPUTS[field.type] ?? "text";
  return (
    <>
      <input
        {...same}
        value={input === "datetime-local" ? value.replace(" ", "T") : value}
        type={input}
        inputMode={NUMERIC.has(field.type) ? "numeric" : field.type === "decimal" ? "decimal" : undefined}
        autoComplete={AUTOCOMPLETE[field.key] ?? "off"}
        list={choices.length > 0 ? `${id}-choices` : undefined}
        onChange={(event) => onChange(input === "datetime-local" ? event.target.value.replace("T", " ") : event.target.value)}
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

/** From and until: two controls, one value with a slash between. */
function Range({ id, note, value, isWrong, onChange, input, sign }: ControlProps & { input: string; sign: string }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const [from = "", until = ""] = value.split("/");
  const set = (one: string, other: string) => onChange(one || other ? `${one}/${other}` : "");
  const written = (typed: string) => (sign ? typed.replace("T", sign) : typed);
  const shown = (kept: string) => (sign ? kept.replace(sign, "T") : kept);
  const same = { type: input, "aria-describedby": note, "aria-invalid": isWrong || undefined };
  return (
    <div role="group" aria-labelledby={id} className="case-range">
      <input {...same} aria-label={words.since} value={shown(from)} onChange={(event) => set(written(event.target.value), until)} />
      <span aria-hidden="true">{words.since === "从" ? "至" : "–"}</span>
      <input {...same} aria-label={words.until} value={shown(until)} onChange={(event) => set(from, written(event.target.value))} />
    </div>
  );
}

function Lock() {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M6.500 11h11v8.500h-11zM8.500 11V8a3.500 3.500 0 0 1 7 0v3" />
    </svg>
  );
}
