/** The case beside the conversation: loaded whenever a turn moved it; says when the last answer's buttons are outdated. */
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";

import { useSettings } from "../settings";
import { isOpen, type Turn } from "../state/turn";
import { Cases, type Shown } from "./cases";

export interface CaseBeside {
  cases: Cases;
  shown: Shown;
  /** True where a card has moved the case on since the last answer: its buttons are about an earlier step. */
  outdated: boolean;
  sheet: boolean;
  setSheet: (open: boolean) => void;
}

export function useCases(turns: Turn[]): CaseBeside {
  const cases = useMemo(() => new Cases(() => (document.documentElement.lang === "en" ? "en" : "zh")), []);
  const shown = useSyncExternalStore(cases.subscribe, cases.snapshot);
  const [spoken, setSpoken] = useState<number | null>(null);
  const [sheet, setSheet] = useState(false);
  useEffect(() => void cases.start(), [cases]);
  useEffect(() => cases.watchLine(), [cases]);
  const { language } = useSettings();
  const spokenIn = useRef(language);
  useEffect(() => {
    if (spokenIn.current === language) return;
    spokenIn.current = language;
    void cases.anew(); // what the server says of the case is in the language it was asked in
  }, [cases, language]);

  const last = turns.at(-1);
  const moved = last && !isOpen(last) ? last.moved : null;
  const id = moved?.case;
  const version = moved?.version;
  useEffect(() => {
    if (!id) return;
    void cases.open(id).then(() => setSpoken(cases.snapshot().current?.version ?? null));
  }, [cases, id, version]);

  const current = shown.current;
  const outdated = Boolean(moved && current && current.id === moved.case && spoken !== null && current.version !== spoken);
  return { cases, shown, outdated, sheet, setSheet };
}
