/** The code and its picture, with which somebody goes on elsewhere; and, once it is handed in, what comes next. */
import type { CaseView } from "../../../shared/api";
import { useSettings } from "../settings";
import { CASE_WORDS } from "./words";

export function CodeCard({ shown }: { shown: CaseView }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  return (
    <div className="case-card case-code">
      <div>
        <h3>{words.code}</h3>
        <p className="case-code-signs">{shown.code}</p>
        <p className="quiet">{words.codeNote}</p>
      </div>
      <img alt={words.qr} src={`/api/cases/${encodeURIComponent(shown.id)}/code.svg?v=${encodeURIComponent(shown.code)}`} />
    </div>
  );
}

/** What was done, and what the citizen still does. */
export function HandedIn({ shown }: { shown: CaseView }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const brought = shown.materials.filter((one) => one.settled === "bring");
  return (
    <div className="case-card" data-outcome="pass">
      <h3>{words.submitted}</h3>
      <dl className="case-pairs">
        <div>
          <dt>{words.receipt}</dt>
          <dd>{shown.receipt}</dd>
        </div>
        <div>
          <dt>{words.office}</dt>
          <dd lang="zh-CN">{shown.office}</dd>
        </div>
      </dl>
      {brought.length > 0 && (
        <>
          <h4>{words.toBring(brought.length)}</h4>
          <ul className="case-findings is-open">
            {brought.map((one) => (
              <li key={`${one.part} ${one.material}`}>
                {language === "en" && one.english} <span lang="zh-CN">{one.name}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {shown.state === "submitted" && <p className="quiet">{words.comesNext}</p>}
    </div>
  );
}
