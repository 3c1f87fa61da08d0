/** How this person wants the page: language, size, and the colours that their system asks for. Remembered. */
import { XProvider } from "@ant-design/x";
import { createContext, use, useEffect, useLayoutEffect, useMemo, useState, type ReactNode } from "react";

import { recall, remember } from "../../shared/storage";
import { antdTheme, cssVariables, type Mode, type Scheme } from "../../shared/tokens";
import { WORDS, type Language, type Words } from "./words";

interface Settings {
  language: Language;
  words: Words;
  mode: Mode;
  setLanguage: (language: Language) => void;
  setMode: (mode: Mode) => void;
}

const SettingsContext = createContext<Settings | null>(null);

export function useSettings(): Settings {
  const settings = use(SettingsContext);
  if (!settings) throw new Error("Wrap the page in SettingsProvider.");
  return settings;
}

/** The address wins (`?mode=elder`, `?lang=en`), then what was remembered. */
function initial<T extends string>(parameter: string, allowed: readonly T[], otherwise: T): T {
  const wanted = new URLSearchParams(location.search).get(parameter) ?? recall(`xiaoshen.${parameter}`);
  return allowed.find((value) => value === wanted) ?? otherwise;
}

function useScheme(): Scheme {
  const dark = useMemo(() => matchMedia("(prefers-color-scheme: dark)"), []);
  const [scheme, setScheme] = useState<Scheme>(dark.matches ? "dark" : "light");
  useEffect(() => {
    const follow = () => setScheme(dark.matches ? "dark" : "light");
    dark.addEventListener("change", follow);
    return () => dark.removeEventListener("change", follow);
  }, [dark]);
  return scheme;
}

const NONCE = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";

export function SettingsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => initial("lang", ["zh", "en"], "zh"));
  const [mode, setMode] = useState<Mode>(() => initial("mode", ["standard", "elder"], "standard"));
  const scheme = useScheme();
  const words = WORDS[language];

  // Before any other effect: who then asks the server asks in the language of the page.
  useLayoutEffect(() => {
    remember("xiaoshen.lang", language);
    remember("xiaoshen.mode", mode);
    const page = document.documentElement;
    page.lang = language === "en" ? "en" : "zh-CN";
    page.dataset["mode"] = mode;
    page.dataset["scheme"] = scheme;
    document.title = words.title;
    for (const [name, value] of Object.entries(cssVariables(scheme, mode))) page.style.setProperty(name, value);
  }, [language, mode, scheme, words]);

  const settings = useMemo(() => ({ language, words, mode, setLanguage, setMode }), [language, words, mode]);
  const theme = useMemo(() => antdTheme(scheme, mode), [scheme, mode]);
  return (
    <XProvider csp={{ nonce: NONCE }} theme={theme} wave={{ disabled: true }} button={{ autoInsertSpace: false }}>
      <SettingsContext value={settings}>{children}</SettingsContext>
    </XProvider>
  );
}
