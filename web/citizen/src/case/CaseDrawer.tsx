/** The whole case in a sheet: check list, time line, consents, code, and the ways out. */
import { Button } from "antd";
import { useState } from "react";

import type { CaseMaterial, CaseView } from "../../../shared/api";
import { Sheet } from "../parts/Sheet";
import { useSettings } from "../settings";
import type { Cases } from "./cases";
import { CodeCard } from "./CodeCard";
import { Asked } from "./ConsentCard";
import { SituationShown } from "./SituationCard";
import { CASE_WORDS, type CaseWords } from "./words";

interface Props {
  open: boolean;
  cases: Cases;
  shown: CaseView;
  onClose: () => void;
}

export function CaseDrawer({ open, cases, shown, onClose }: Props) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const atOffice = shown.state === "submitted" || shown.state === "accepted";
  const over = shown.state === "decided" || shown.state === "withdrawn";
  return (
    <Sheet open={open} title={words.title(language === "en" && shown.english ? `${shown.english} (${shown.item.name})` : shown.item.name)} onClose={onClose}>
      <p>
        {shown.state_label} · {words.progress(shown.done, shown.total)}
      </p>
      <SituationShown cases={cases} shown={shown} busy={cases.snapshot().saved === "saving"} />
      <h3>{words.checklist}</h3>
      <ul className="case-check">
        {shown.materials.filter((one) => one.needed || isThere(one)).map((one) => (
          <li key={`${one.part} ${one.material}`} data-there={isThere(one) || undefined}>
            <span lang="zh-CN">{one.name}</span>{" "}
            <span className="quiet">{[language === "en" ? one.english : "", stateOf(one, words)].filter(Boolean).join(" · ")}</span>
          </li>
        ))}
        {shown.fields
          .filter((field) => field.required && !field.value)
          .map((field) => (
            <li key={field.key}>
              <span lang="zh-CN">{field.name}</span> <span className="quiet">{language === "en" ? field.english : ""}</span>
            </li>
          ))}
      </ul>
      <CodeCard shown={shown} />
      {shown.consents.length > 0 && <h3>{words.consents}</h3>}
      {shown.consents.length > 0 && (
        <ul className="case-check case-consents">
          {shown.consents.map((consent) => (
            <li key={consent.name} data-there>
              <span>
                <Asked register={consent} /> <span className="quiet">{consent.until ? words.consentUntil(consent.until) : ""}</span>
              </span>
              <Button size="small" onClick={() => void cases.change("consents/revoked", { registers: [consent.name] })}>
                {words.revoke}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {!atOffice && !over && shown.declined.length > 0 && <h3>{words.declined}</h3>}
      {!atOffice && !over && shown.declined.length > 0 && (
        <ul className="case-check case-consents">
          {shown.declined.map((register) => (
            <li key={register.name}>
              <span>
                <Asked register={register} /> <span className="quiet">{register.until ? words.consentUntil(register.until) : ""}</span>
              </span>
              <Button size="small" aria-label={words.allowOne(register.name)} onClick={() => void cases.change("consents", { registers: [register.name] })}>
                {words.allow}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <h3>{words.timeline}</h3>
      <ol className="case-times">
        {shown.timeline.map((moment, index) => (
          <li key={index}>
            <time dateTime={moment.at}>{new Date(moment.at).toLocaleString(language === "en" ? "en-GB" : "zh-CN")}</time>{" "}
            {moment.text}
          </li>
        ))}
      </ol>
      {!over && (
        <Sure ask={words.withdraw} sure={words.withdrawSure} yes={words.withdrawYes} no={words.cancel}
          onYes={() => void cases.change("withdrawal").then(onClose)} />
      )}
      {!atOffice && (
        <Sure ask={words.forget} sure={words.forgetSure} yes={words.forgetYes} no={words.cancel}
          onYes={() => void cases.forget().then(onClose)} />
      )}
    </Sheet>
  );
}

function isThere(one: CaseMaterial): boolean {
  return one.file !== null || one.settled !== null;
}

function stateOf(one: CaseMaterial, words: CaseWords): string {
  if (one.settled === "bring") return words.bring;
  if (one.settled === "licence") return words.licence;
  return isThere(one) ? words.done : "";
}

interface SureProps {
  ask: string;
  sure: string;
  yes: string;
  no: string;
  onYes: () => void;
}

/** Asked twice, in place: what it does is said before it is done. */
function Sure({ ask, sure, yes, no, onYes }: SureProps) {
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <p>
        <Button onClick={() => setAsked(true)}>{ask}</Button>
      </p>
    );
  return (
    <div className="note" role="alert">
      <p>{sure}</p>
      <div className="case-acts">
        <Button danger onClick={onYes}>
          {yes}
        </Button>
        <Button onClick={() => setAsked(false)}>{no}</Button>
      </div>
    </div>
  );
}
