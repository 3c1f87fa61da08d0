/** On the opening: what was left unfinished comes first, and a code opens a case of another device. */
import { Button } from "antd";
import { useId, useState, type SyntheticEvent } from "react";

import { Icon } from "../parts/Icon";
import { useSettings } from "../settings";
import type { Cases, Shown } from "./cases";
import { CASE_WORDS } from "./words";

export function Unfinished({ cases, shown }: { cases: Cases; shown: Shown }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const [code, setCode] = useState("");
  const [asking, setAsking] = useState(false);
  const id = useId();
  if (shown.current) return null;
  const resume = (event: SyntheticEvent) => {
    event.preventDefault();
    void cases.resume(code);
  };
  return (
    <section className="case-unfinished" aria-label={words.unfinished}>
      {shown.unfinished.length > 0 && (
        <>
          <h2>{words.unfinished}</h2>
          <ul className="questions">
            {shown.unfinished.slice(0, 3).map((one) => (
              <li key={one.id}>
                <Button block onClick={() => void cases.open(one.id)}>
                  <span>
                    {language === "en" && one.english ? one.english : <span lang="zh-CN">{one.item.name}</span>} · {words.progress(one.done, one.total)}
                    {one.reminder && <span className="quiet"> {one.reminder}</span>}
                  </span>
                  <Icon name="right" />
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {asking ? (
        <form className="case-resume" onSubmit={resume}>
          <label htmlFor={id}>{words.codeLabel}</label>
          <input
            id={id}
            value={code}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            onChange={(event) => setCode(event.target.value)}
          />
          <Button type="primary" htmlType="submit" disabled={!code.trim()}>
            {words.open}
          </Button>
          {shown.problem && (
            <p className="note is-error" role="alert">
              {shown.problem}
            </p>
          )}
        </form>
      ) : (
        <Button type="link" className="case-resume-open" onClick={() => setAsking(true)}>
          {words.resume}
        </Button>
      )}
    </section>
  );
}
