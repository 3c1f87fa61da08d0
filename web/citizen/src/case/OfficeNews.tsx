/** What the office said last, and what the citizen is reminded of: told before anything is asked. */
import type { CaseView } from "../../../shared/api";
import { useSettings } from "../settings";
import { CASE_WORDS } from "./words";

export function OfficeNews({ shown }: { shown: CaseView }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  return (
    <>
      {shown.reminder && (
        <p className="note" role="status" lang={language === "en" ? undefined : "zh-CN"}>
          <strong>{words.reminder}</strong> {shown.reminder}
        </p>
      )}
      {shown.returned && ["returned", "collecting", "ready"].includes(shown.state) && (
        <p className="note is-replaced" lang="zh-CN">
          <strong>{words.returnedBy}</strong> {shown.returned}{" "}
          {shown.mend_until && <span>{words.mendUntil(shown.mend_until)}</span>}
        </p>
      )}
      {shown.state === "accepted" && shown.due && (
        <p className="note" role="status">
          {words.dueBy(shown.due)}
        </p>
      )}
      {shown.result && (
        <p className="note" role="status" lang="zh-CN">
          <strong>{words.decided}</strong> {shown.result}
        </p>
      )}
    </>
  );
}
