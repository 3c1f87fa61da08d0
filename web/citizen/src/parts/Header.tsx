/** The head of the page: who this is, how to make it larger or English, and the way to a person. */
import { Button } from "antd";

import type { HandoffView } from "../../../shared/api";
import { personWords } from "../person/words";
import { useSettings } from "../settings";
import { Icon, Mark } from "./Icon";

interface Props {
  talking: boolean;
  onNew: () => void;
  onPerson: () => void;
  /** The person who has the conversation now. */
  helper?: HandoffView["clerk"];
}

export function Header({ talking, onNew, onPerson, helper = null }: Props) {
  const { words, language, mode, setLanguage, setMode } = useSettings();
  const elder = mode === "elder";
  return (
    <header className={helper ? "head is-person" : "head"}>
      <div className="head-in">
        <Mark />
        <p className="head-name">
          <strong>{helper ? helper.name : words.name}</strong>
          <span>{helper ? (helper.leads ? personWords[language].leader : personWords[language].real) : words.tagline}</span>
        </p>
        <nav className="head-tools" aria-label={words.title}>
          {talking && (
            <Button type="text" className="head-new" onClick={onNew} icon={<Icon name="plus" />}>
              {words.newChat}
            </Button>
          )}
          <Button type="text" aria-pressed={elder} onClick={() => setMode(elder ? "standard" : "elder")}>
            {elder ? words.standard : words.elder}
          </Button>
          <Button
            type="text"
            lang={language === "en" ? "zh-CN" : "en"}
            aria-label={words.otherLanguage}
            onClick={() => setLanguage(language === "en" ? "zh" : "en")}
          >
            {words.otherLanguageShort}
          </Button>
          <Button className="head-person" onClick={onPerson} icon={<Icon name="person" />}>
            {words.person}
          </Button>
        </nav>
      </div>
    </header>
  );
}
