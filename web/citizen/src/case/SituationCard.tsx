/** Which situation it is: the one question that matters next, and what was answered, to be changed at any time. */
import { Button } from "antd";
import { useState } from "react";

import type { CaseSituationQuestion, CaseView } from "../../../shared/api";
import { useSettings } from "../settings";
import type { Cases } from "./cases";
import { CASE_WORDS } from "./words";

interface Props {
  cases: Cases;
  shown: CaseView;
  busy: boolean;
}

/** The question of the step. */
export function SituationCard({ cases, shown, busy }: Props) {
  const question = shown.situations.find((one) => one.question !== null)?.question;
  return question ? <Ask cases={cases} question={question} busy={busy} /> : null;
}

/** What was found, part by part; what was answered can be changed while the case is the citizen's. */
export function SituationShown({ cases, shown, busy }: Props) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const [changing, setChanging] = useState<string | null>(null);
  const known = shown.situations.filter((one) => one.name || one.answered.length > 0);
  const open = ["collecting", "ready", "returned"].includes(shown.state);
  if (known.length === 0) return null;
  return (
    <section className="case-situation" aria-label={words.situation}>
      <h3>{words.situation}</h3>
      {known.map((one) => (
        <div key={one.part}>
          {one.name && (
            <p lang="zh-CN">
              <strong>{one.name}</strong> <span className="quiet">{one.note}</span>
            </p>
          )}
          {one.instead && (
            <p className="note is-replaced">
              {words.instead(one.instead.name)}
            </p>
          )}
          <ul className="case-check" lang="zh-CN">
            {one.answered.map((question) => {
              const key = `${one.part} ${question.fact}`;
              return (
                <li key={key} data-there>
                  <span>
                    {question.text} <strong>{question.chosen}</strong>
                  </span>
                  {open && changing !== key && (
                    <Button size="small" onClick={() => setChanging(key)} aria-label={words.changeAnswer(question.text)}>
                      {words.change}
                    </Button>
                  )}
                  {open && changing === key && (
                    <Ask cases={cases} question={question} busy={busy} onDone={() => setChanging(null)} plain />
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </section>
  );
}

interface AskProps {
  cases: Cases;
  question: CaseSituationQuestion;
  busy: boolean;
  plain?: boolean;
  onDone?: () => void;
}

function Ask({ cases, question, busy, plain = false, onDone }: AskProps) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const answer = (label: string | null) =>
    void cases.change("situation", { part: question.part, fact: question.fact, answer: label }).then(onDone);
  return (
    <div className={plain ? undefined : "case-card"} role="group" aria-label={question.text}>
      {!plain && <h3 lang="zh-CN">{question.text}</h3>}
      {!plain && words.onlyChinese && <p className="quiet">{words.onlyChinese}</p>}
      <div className="case-acts">
        {question.choices.map((label) => (
          <Button key={label} disabled={busy} lang="zh-CN" aria-pressed={label === question.chosen} onClick={() => answer(label)}>
            {words.choice(label)}
          </Button>
        ))}
        {!plain && (
          <Button type="text" disabled={busy} onClick={() => answer(null)}>
            {words.notSure}
          </Button>
        )}
      </div>
    </div>
  );
}
