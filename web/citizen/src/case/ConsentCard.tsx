/** Which registers may be asked, for which fields, until when: chosen one by one, refused as easily. */
import { Button } from "antd";
import { useState } from "react";

import type { CaseRegister, CaseView } from "../../../shared/api";
import { useSettings } from "../settings";
import type { Cases } from "./cases";
import { CASE_WORDS } from "./words";

export function ConsentCard({ cases, shown, busy }: { cases: Cases; shown: CaseView; busy: boolean }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const [left, setLeft] = useState<string[]>([]);
  const chosen = shown.registers.map((register) => register.name).filter((name) => !left.includes(name));
  const en = language === "en";
  const toggle = (name: string) => setLeft(left.includes(name) ? left.filter((one) => one !== name) : [...left, name]);
  return (
    <div className="case-card">
      <h3>{words.consent}</h3>
      <p className="quiet">{words.consentNote(en && shown.english ? `${shown.english} (${shown.item.name})` : shown.item.name, shown.registers[0]?.until ?? "")}</p>
      <ul className="case-registers">
        {shown.registers.map((register) => (
          <li key={register.name}>
            <label>
              <input type="checkbox" checked={!left.includes(register.name)} onChange={() => toggle(register.name)} />
              <Asked register={register} />
            </label>
          </li>
        ))}
      </ul>
      <div className="case-acts">
        <Button
          type="primary"
          disabled={chosen.length === 0}
          loading={busy}
          onClick={() => void cases.change("consents", { registers: chosen })}
        >
          {words.agree}
        </Button>
        <Button disabled={busy} onClick={() => void cases.change("consents", { registers: [] })}>
          {words.own}
        </Button>
      </div>
    </div>
  );
}

/** A register and what it is asked for; in English with the Chinese names, for they stand in the consent. */
export function Asked({ register }: { register: CaseRegister }) {
  const { language } = useSettings();
  if (language === "zh" || !register.english)
    return (
      <span lang="zh-CN">
        <strong>{register.name}</strong> {register.fields.join("、")}
      </span>
    );
  return (
    <span>
      <strong>
        {register.english.charAt(0).toUpperCase() + register.english.slice(1)} <span lang="zh-CN">{register.name}</span>
      </strong>{" "}
      {register.fields.map((field, index) => (
        <span key={field} lang={register.fields_english[index] ? undefined : "zh-CN"}>
          {index > 0 && ", "}
          {register.fields_english[index] || field}
        </span>
      ))}
    </span>
  );
}

/** With the example registers only: somebody has to be somebody before a register can be asked. */
export function ExamplePeople({ cases, shown }: { cases: Cases; shown: CaseView }) {
  const { language } = useSettings();
  if (shown.identified || shown.example_people.length === 0 || !["collecting", "ready", "returned"].includes(shown.state)) return null;
  return (
    <details className="case-example">
      <summary>{CASE_WORDS[language].example}</summary>
      <div className="case-acts">
        {shown.example_people.map((person) => (
          <Button key={person.slug} onClick={() => void cases.change("identity", { person: person.slug })}>
            <span lang="zh-CN">{person.name}</span>
          </Button>
        ))}
      </div>
    </details>
  );
}
