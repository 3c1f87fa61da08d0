/** What the pre-review found: what is to mend and how, what a person decides; then the papers, and handing in. */
import { Button, Checkbox } from "antd";
import { useEffect, useState } from "react";

import type { CasePaper, CaseView } from "../../../shared/api";
import { MarkedPhoto } from "../../../shared/MarkedPhoto";
import { useSettings } from "../settings";
import type { Cases } from "./cases";
import { papersOf } from "./calls";
import { CASE_WORDS } from "./words";

interface Props {
  cases: Cases;
  shown: CaseView;
  busy: boolean;
}

export function ConfirmCard({ cases, shown, busy, onEdit }: Props & { onEdit: () => void }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const [stands, setStands] = useState(false);
  return (
    <div className="case-card">
      <h3>{words.confirm}</h3>
      <dl className="case-pairs" lang="zh-CN">
        {shown.fields
          .filter((field) => field.value)
          .map((field) => (
            <div key={field.key}>
              <dt>{field.name}</dt>
              <dd>
                {field.value} {field.source && <span className="quiet">{words.from(field.source)}</span>}
              </dd>
            </div>
          ))}
      </dl>
      <Checkbox checked={stands} onChange={(event) => setStands(event.target.checked)}>
        {words.commitment}
      </Checkbox>
      <div className="case-acts">
        <Button type="primary" disabled={!stands} loading={busy} onClick={() => void cases.change("review")}>
          {words.review}
        </Button>
        <Button disabled={busy} onClick={onEdit}>
          {words.mend}
        </Button>
      </div>
    </div>
  );
}

export function ReviewResult({ shown, onEdit }: { shown: CaseView; onEdit: () => void }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const review = shown.review;
  if (!review) return null;
  const title = { pass: words.passed, human: words.human, return: words.returned }[review.outcome] ?? "";
  const faults = review.findings.filter((finding) => finding.code !== "needs_human");
  const open = review.findings.filter((finding) => finding.code === "needs_human");
  return (
    <div className="case-card" data-outcome={review.outcome}>
      <h3>{title}</h3>
      {faults.length > 0 && (
        <ol className="case-findings" lang="zh-CN">
          {faults.map((finding) => (
            <li key={`${finding.where} ${finding.what}`}>
              <strong>{words.toMend}</strong> {finding.what}
              {finding.remedy && <p className="quiet">{finding.remedy}</p>}
              {(finding.spots ?? []).map((spot) => (
                <MarkedPhoto
                  key={`${spot.file} ${spot.name}`}
                  src={`/api/cases/${encodeURIComponent(shown.id)}/file?file=${encodeURIComponent(spot.file)}`}
                  place={spot.place}
                  label={spot.name}
                />
              ))}
            </li>
          ))}
        </ol>
      )}
      {open.length > 0 && (
        <ul className="case-findings is-open" lang="zh-CN">
          {open.map((finding) => (
            <li key={`${finding.where} ${finding.what}`}>
              <strong>{words.forPerson}</strong> {finding.what}
            </li>
          ))}
        </ul>
      )}
      {faults.length > 0 && (
        <div className="case-acts">
          <Button type="primary" onClick={onEdit}>
            {words.mend}
          </Button>
        </div>
      )}
    </div>
  );
}

export function PapersCard({ cases, shown, busy }: Props) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const [papers, setPapers] = useState<CasePaper[]>([]);
  const [seen, setSeen] = useState<CasePaper | null>(null);
  useEffect(() => {
    let current = true;
    papersOf(shown.id, language).then(
      (found) => current && setPapers(found.papers),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [shown.id, shown.version, language]);
  const address = (paper: CasePaper, what: string) => {
    const query = new URLSearchParams({ part: paper.part, kind: paper.kind });
    return `/api/cases/${encodeURIComponent(shown.id)}/${what}?${query.toString()}`;
  };
  const printed = papers.filter((paper) => paper.format === "pdf");
  return (
    <div className="case-card">
      <h3>{words.papers}</h3>
      <ul className="case-papers">
        {printed.map((paper) => (
          <li key={`${paper.part} ${paper.kind}`}>
            <span lang="zh-CN">{paper.title}</span>
            <span className="case-acts">
              <Button size="small" aria-expanded={seen === paper} onClick={() => setSeen(seen === paper ? null : paper)}>
                {words.preview}
              </Button>
              {papers
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
            alt={`${seen.title} ${words.page(index + 1)}`}
            src={`${address(seen, "paper/page")}&number=${index + 1}`}
          />
        ))}
      {shown.state === "ready" && (
        <div className="case-acts">
          <Button type="primary" loading={busy} onClick={() => void cases.change("submission", { values: valuesOf(shown) })}>
            {words.submit}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The form as it is shown here: the server refuses a verified value that differs from what its register told. */
function valuesOf(shown: CaseView): Record<string, string> {
  return Object.fromEntries(shown.fields.filter((one) => one.value).map((one) => [one.key, one.value]));
}

export function CodeCard({ shown }: { shown: CaseView }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  return (
    <div className="case-card case-code">
      <div>
        <h3>{words.code}</h3>
        <p className="case-code-signs">{shown.code}</p>
        <p className="quiet">{words.codeNote}</p>
        {shown.receipt && (
          <p lang="zh-CN">
            {words.submitted(shown.office)} · {words.receipt(shown.receipt)}
          </p>
        )}
      </div>
      <img alt={words.qr} src={`/api/cases/${encodeURIComponent(shown.id)}/code.svg?v=${encodeURIComponent(shown.code)}`} />
    </div>
  );
}
