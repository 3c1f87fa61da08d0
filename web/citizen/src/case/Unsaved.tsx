/** What was written on an older version of the case, beside what stands there now: nothing is lost, nothing overwritten. */
import { Button } from "antd";

import { useSettings } from "../settings";
import type { Cases, Shown } from "./cases";
import { CASE_WORDS } from "./words";

export function Unsaved({ cases, shown, busy }: { cases: Cases; shown: Shown; busy: boolean }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const { current, unsaved, stale } = shown;
  if (!current || !unsaved || stale) return null;
  const differing = current.fields.filter((field) => !field.locked && unsaved[field.key] && unsaved[field.key] !== field.value);
  if (differing.length === 0) return null;
  const values = Object.fromEntries(differing.map((field) => [field.key, unsaved[field.key]]));
  return (
    <div className="case-card" role="group" aria-label={words.unsaved}>
      <h3>{words.unsaved}</h3>
      <ul className="case-findings is-open" lang="zh-CN">
        {differing.map((field) => (
          <li key={field.key}>{words.twoValues(field.name, unsaved[field.key] ?? "", field.value)}</li>
        ))}
      </ul>
      <div className="case-acts">
        <Button type="primary" loading={busy} onClick={() => void cases.change("fields", { values })}>
          {words.takeMine}
        </Button>
        <Button disabled={busy} onClick={cases.settle}>
          {words.keepTheirs}
        </Button>
      </div>
    </div>
  );
}
