/** The papers that come out of a case: looked at page by page, kept as PDF or DOCX; and handing in. */
import { Button } from "antd";
import { useEffect, useState } from "react";

import type { CasePaper, CaseView } from "../../../shared/api";
import { useSettings } from "../settings";
import { papersOf } from "./calls";
import type { Cases } from "./cases";
import { CASE_WORDS } from "./words";

interface Props {
  cases: Cases;
  shown: CaseView;
  busy: boolean;
}

export function PapersCard({ cases, shown, busy }: Props) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const [papers, setPapers] = useState<CasePaper[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  const [seen, setSeen] = useState<CasePaper | null>(null);
  useEffect(() => {
    let current = true;
    papersOf(shown.id, language).then(
      (found) => current && setPapers(found.papers),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [shown.id, shown.version, language, round]);
  const address = (paper: CasePaper, what: string) => {
    const query = new URLSearchParams({ part: paper.part, kind: paper.kind });
    return `/api/cases/${encodeURIComponent(shown.id)}/${what}?${query.toString()}`;
  };
  const printed = (papers ?? []).filter((paper) => paper.format === "pdf");
  return (
    <div className="case-card">
      {/* What is to be done stands first: below the papers nobody would look for it. */}
      {shown.state === "ready" && (
        <>
          <h3>{words.canSubmit}</h3>
          <p className="quiet">{words.submitNote}</p>
          <div className="case-acts">
            <Button type="primary" loading={busy} onClick={() => void cases.change("submission", { values: valuesOf(shown) })}>
              {words.submit}
            </Button>
          </div>
        </>
      )}
      {shown.state === "ready" ? <h4 className="case-papers-head">{words.papers}</h4> : <h3>{words.papers}</h3>}
      {papers === null && !failed && (
        <p className="quiet" role="status">
          {words.papersComing}
        </p>
      )}
      {failed && (
        <div className="note is-error" role="alert">
          <p>{words.papersFailed}</p>
          <Button
            onClick={() => {
              setFailed(false);
              setRound(round + 1);
            }}
          >
            {words.tryAgain}
          </Button>
        </div>
      )}
      <ul className="case-papers">
        {printed.map((paper) => (
          <li key={`${paper.part} ${paper.kind}`}>
            <span lang="zh-CN">{paper.title}</span>
            <span className="case-acts">
              <Button size="small" aria-expanded={seen === paper} onClick={() => setSeen(seen === paper ? null : paper)}>
                {words.preview}
              </Button>
              {(papers ?? [])
                .filter((one) => one.part === paper.part && one.kind === paper.kind)
                .map((one) => (
                  <Button key={one.format} size="small" href={`${address(one, "paper")}&format=${one.format}`} download={one.file_name}>
                    {words.download(one.format)}
                  </Button>
                ))}
            </span>
          </li>
        ))}
      </ul>
      {seen &&
        Array.from({ length: seen.pages }, (_, index) => (
          <img
            key={index}
            className="case-page"
            loading="lazy"
            alt={`${seen.title} ${words.page(index + 1)}`}
            src={`${address(seen, "paper/page")}&number=${index + 1}`}
          />
        ))}
    </div>
  );
}

/** The form as it is shown here: the server refuses a verified value that differs from what its register told. */
function valuesOf(shown: CaseView): Record<string, string> {
  return Object.fromEntries(shown.fields.filter((one) => one.value).map((one) => [one.key, one.value]));
}
