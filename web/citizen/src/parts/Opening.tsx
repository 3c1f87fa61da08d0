/** Before the first question: who this is, six situations of life that open to questions, and what people often ask. */
import { Button } from "antd";
import { useEffect, useState } from "react";

import type { Suggestions } from "../../../shared/api";
import { suggestions } from "../../../shared/client";
import { useSettings } from "../settings";
import { Icon, isIcon } from "./Icon";

export function Opening({ onAsk }: { onAsk: (text: string) => void }) {
  const { words, language, mode } = useSettings();
  const [offered, setOffered] = useState<Suggestions | null>(null);
  const [open, setOpen] = useState<string | null>(null);

  useEffect(() => {
    let current = true;
    // Without suggestions the page still works: one can always type.
    suggestions(language).then(
      (found) => current && setOffered(found),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [language]);

  const situation = offered?.situations.find((s) => s.id === open);
  // One thing at a time: in the elderly mode the chosen situation stands alone with its questions.
  const shown = mode === "elder" && situation ? [situation] : offered?.situations;
  return (
    <section className="opening" aria-labelledby="hello">
      <h1 id="hello">{words.hello}</h1>
      <p className="opening-line">{words.opening}</p>
      {offered && (
        <>
          <h2 id="situations">{words.situations}</h2>
          <ul className="situations" aria-labelledby="situations">
            {shown?.map((s) => (
              <li key={s.id} className={s.id === open ? "is-open" : ""}>
                <button
                  type="button"
                  aria-expanded={s.id === open}
                  aria-controls={s.id === open ? "situation-questions" : undefined}
                  onClick={() => setOpen(s.id === open ? null : s.id)}
                >
                  {isIcon(s.id) && <Icon name={s.id} />}
                  <span>{s.title}</span>
                </button>
              </li>
            ))}
          </ul>
          {situation && (
            <QuestionList id="situation-questions" label={situation.title} questions={situation.questions} onAsk={onAsk} />
          )}
          {!situation && offered.questions.length > 0 && (
            <>
              <h2 id="often">{words.often}</h2>
              <QuestionList id="often-questions" label={words.often} questions={offered.questions} onAsk={onAsk} />
            </>
          )}
        </>
      )}
    </section>
  );
}

interface ListProps {
  id: string;
  label: string;
  questions: string[];
  onAsk: (text: string) => void;
}

function QuestionList({ id, label, questions, onAsk }: ListProps) {
  return (
    <ul className="questions" id={id} aria-label={label}>
      {questions.map((question) => (
        <li key={question}>
          <Button block onClick={() => onAsk(question)}>
            <span>{question}</span>
            <Icon name="right" />
          </Button>
        </li>
      ))}
    </ul>
  );
}
