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
        <p className="note is-replaced">
          <strong>{words.returnedBy}</strong> <span lang="zh-CN">{shown.returned}</span>{" "}
          {shown.mend_until && <span>{words.mendUntil(shown.mend_until)}</span>}
        </p>
      )}
      {shown.state === "accepted" && shown.due && (
        <p className="note" role="status">
          {words.dueBy(shown.due)}
        </p>
      )}
      {shown.result && (
        <p className="note" role="status">
          <strong>{words.decided}</strong> <span lang="zh-CN">{shown.result}</span>
        </p>
      )}
    </>
  );
}
