/** A card of fields, each with where its value comes from; verified ones are only shown, and what cannot be is not sent. */
import { Button } from "antd";
import { useEffect, useRef, useState, type SyntheticEvent } from "react";

import type { CaseField, CaseView } from "../../../shared/api";
import { draftOf, keepDraft } from "../../../shared/storage";
import { useSettings } from "../settings";
import { draftKey, type Cases } from "./cases";
import { Field } from "./Field";
import { fits, isWanted, tidy } from "./fits";
import { CASE_WORDS } from "./words";

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
  // What was typed stays until the server has it, also when somebody else changed the case or the page was loaded anew.
  const [typed, setTyped] = useState<Record<string, string>>(() => draftOf(draftKey(shown.id)));
  const [wrong, setWrong] = useState<string[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const valueOf = (key: string) => typed[key] ?? shown.fields.find((one) => one.key === key)?.value ?? "";
  const wanted = fields.filter((field) => isWanted(field, fields, valueOf));
  const type = (key: string, value: string) => {
    const next = { ...typed, [key]: value };
    setTyped(next);
    keepDraft(draftKey(shown.id), next);
    setWrong((before) => before.filter((one) => one !== key));
  };
  useEffect(() => {
    if (wrong.length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [wrong]);
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    const values: Record<string, string | null> = {};
    for (const field of wanted) {
      if (field.locked) continue;
      const value = tidy(field, valueOf(field.key));
      if (value !== field.value || (skippable && !value)) values[field.key] = value || null;
    }
    const unfit = wanted.filter((field) => values[field.key] && !fits(field, values[field.key] ?? "")).map((field) => field.key);
    setWrong(unfit);
    if (unfit.length === 0) void cases.change("fields", { values });
  };
  return (
    <form className="case-card" onSubmit={save} key={shown.id} ref={form} noValidate>
      <h3>{title}</h3>
      {wanted.map((field) => (
        <Field
          key={field.key}
          field={field}
          value={valueOf(field.key)}
          isWrong={wrong.includes(field.key)}
          onChange={(value) => type(field.key, value)}
        />
      ))}
      <div className="case-acts">
        <Button type="primary" htmlType="submit" loading={busy}>
          {saveLabel}
        </Button>
        {skippable && <span className="quiet">{words.dontKnow}</span>}
        {skippable && (shown.way === "form" || isMore(shown, fields)) && (
          <Button type="link" className="case-way" disabled={busy} onClick={() => void cases.change("way", { way: shown.way === "form" ? "one_by_one" : "form" })}>
            {shown.way === "form" ? words.oneByOne : words.asForm}
          </Button>
        )}
      </div>
    </form>
  );
}

/** Whether more than what is asked now is still open, so that asking several at once would change anything. */
function isMore(shown: CaseView, fields: CaseField[]): boolean {
  return shown.fields.filter((field) => field.required && !field.value && !field.locked).length > fields.length;
}
