/** A message in the other language, made by a model: below the original, never instead of it. */
import { useEffect, useState } from "react";

import type { LineTranslation } from "./api";
import { call } from "./client";

const known = new Map<string, LineTranslation>();
/** What was said instead of a translation, by the address that said it first: the same is not said under each line. */
const said = new Map<string, string>();

export function isChinese(text: string): boolean {
  const han = text.match(/[\u4e00-\u9fff]/g)?.length ?? 0;
  const latin = text.match(/[A-Za-z]/g)?.length ?? 0;
  return han * 4 > latin;
}

interface Props {
  /** Address of the translation. */
  url: string;
  language: string;
  /** How a translation is marked. */
  label: string;
}

export function Translated({ url, language, label }: Props) {
  const [found, setFound] = useState<LineTranslation | null>(known.get(url) ?? null);
  useEffect(() => {
    if (known.has(url)) return;
    let wanted = true;
    void call(url, language)
      .then((answer) => answer.json() as Promise<LineTranslation>)
      .then((made) => {
        if (made.text !== null) known.set(url, made);
        else if (made.why !== null && !said.has(made.why)) said.set(made.why, url);
        if (wanted) setFound(made);
      })
      .catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [url, language]);
  if (!found) return null;
  if (found.text === null) return found.why !== null && said.get(found.why) === url ? <small className="translated is-none">{found.why}</small> : null;
  return (
    <span className="translated" lang={found.to === "zh" ? "zh-CN" : "en"}>
      <small>{label}</small> {found.text}
    </span>
  );
}
