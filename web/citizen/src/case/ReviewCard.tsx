/** What is confirmed before the pre-review, and what it found: to mend and how, to bring, for a person to decide. */
import { Button, Checkbox } from "antd";
import { useState } from "react";

import type { CaseField, CaseFinding, CaseView } from "../../../shared/api";
import { MarkedPhoto } from "../../../shared/MarkedPhoto";
import { useSettings } from "../settings";
import { pictureOf } from "./calls";
import type { Cases } from "./cases";
import { Said } from "./Said";
import type { Language } from "../words";
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
      {grouped(shown, words.shared).map(([title, fields]) => (
        <section key={title}>
          {title && <h4 lang="zh-CN">{title}</h4>}
          <dl className="case-pairs" lang="zh-CN">
            {fields.map((field) => (
              <div key={field.key}>
                <dt>
                  {field.name}
                  {language === "en" && field.english && <span lang="en"> {field.english}</span>}
                </dt>
                <dd>
                  {field.value}{" "}
                  {field.source && (
                    <span className="quiet" lang={language}>
                      {words.from(field.source, field.source_english)}
                    </span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
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

/** What is filled, of several items: first what they share, then each one's own. */
function grouped(shown: CaseView, shared: string): [string, CaseField[]][] {
  const filled = shown.fields.filter((field) => field.value);
  if (shown.parts.length < 2) return [["", filled]];
  const groups: [string, CaseField[]][] = [[shared, filled.filter((field) => field.items.length > 1)]];
  for (const part of shown.parts) groups.push([part.name, filled.filter((field) => field.items.length === 1 && field.items[0] === part.slug)]);
  return groups.filter(([, fields]) => fields.length > 0);
}

export function ReviewResult({ shown, onEdit }: { shown: CaseView; onEdit: () => void }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const review = shown.review;
  if (!review) return null;
  const faults = review.findings.filter((finding) => finding.code !== "needs_human");
  const open = review.findings.filter((finding) => finding.code === "needs_human");
  const brought = open.filter((finding) => isBrought(finding, shown));
  const others = open.filter((finding) => !isBrought(finding, shown));
  const title = { pass: words.passed, human: words.human, return: words.returned(faults.length) }[review.outcome] ?? "";
  const mayMend = ["collecting", "ready", "returned"].includes(shown.state);
  return (
    <div className="case-card" data-outcome={review.outcome}>
      <h3>{title}</h3>
      {faults.length > 0 && (
        <ol className="case-findings">
          {faults.map((finding) => (
            <Fault key={`${finding.part} ${finding.where} ${finding.what}`} finding={finding} caseId={shown.id} />
          ))}
        </ol>
      )}
      {faults.length > 0 && mayMend && (
        <div className="case-acts">
          <Button type="primary" onClick={onEdit}>
            {words.mend}
          </Button>
        </div>
      )}
      <Later title={words.toBring(brought.length)} lines={brought.map((one) => materialLine(one, shown, language))} folded={faults.length > 0} />
      <Later
        title={words.forPerson(others.length)}
        lines={unique(others.map((one) => openLine(one, language)))}
        folded={faults.length > 0 || others.length > 3}
      />
    </div>
  );
}

function Fault({ finding, caseId }: { finding: CaseFinding; caseId: string }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  return (
    <li>
      <Said zh={finding.what} en={finding.what_english} lead={words.ruleSays[finding.code]} />
      {finding.remedy && (
        <p className="quiet">
          <Said zh={finding.remedy} en={finding.remedy_english} lead={words.ruleSays.remedy} />
        </p>
      )}
      {finding.spots.map((spot) => (
        <MarkedPhoto
          key={`${spot.file} ${spot.name}`}
          src={pictureOf(caseId, spot.file, spot.page)}
          place={spot.place}
          label={words.pictureOn(language === "en" && spot.english ? `${spot.english} (${spot.name})` : spot.name, spot.page)}
          words={words.photo}
        />
      ))}
    </li>
  );
}

/** What holds nothing up: told, and out of the way where there is something to mend first. */
function Later({ title, lines, folded }: { title: string; lines: Line[]; folded: boolean }) {
  const { language } = useSettings();
  if (lines.length === 0) return null;
  const list = (
    <ul className="case-findings is-open">
      {lines.map((line) => (
        <li key={line.chinese + line.own}>
          <span lang="zh-CN">{line.chinese}</span>
          {line.own && <span lang={language}> {line.own}</span>}
        </li>
      ))}
    </ul>
  );
  return folded ? (
    <details className="case-later">
      <summary>{title}</summary>
      {list}
    </details>
  ) : (
    <section className="case-later">
      <h4>{title}</h4>
      {list}
    </section>
  );
}

/** What is said in Chinese words of a sheet, and what we say ourselves, in the page's language. */
interface Line {
  chinese: string;
  own: string;
}

function unique(lines: Line[]): Line[] {
  return [...new Map(lines.map((line) => [line.chinese + line.own, line])).values()];
}

function openLine(finding: CaseFinding, language: Language): Line {
  // What begins with the name of the point need not be told it again.
  const about = finding.about && !finding.what.includes(finding.about);
  if (language === "zh" || !finding.what_english) return { chinese: about ? `${finding.about}：${finding.what}` : finding.what, own: "" };
  return { chinese: finding.about, own: finding.what_english };
}

function materialLine(finding: CaseFinding, shown: CaseView, language: Language): Line {
  const material = materialOf(finding, shown);
  return { chinese: material?.name ?? finding.what, own: language === "en" ? (material?.english ?? "") : "" };
}

function materialOf(finding: CaseFinding, shown: CaseView) {
  return shown.materials.find((one) => one.part === finding.part && one.material === finding.where);
}

function isBrought(finding: CaseFinding, shown: CaseView): boolean {
  return materialOf(finding, shown)?.settled === "bring";
}
