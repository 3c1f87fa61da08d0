/** The strip under the header: which case is in hand, how far it is, whether it is saved. */
import { Button } from "antd";
import { useEffect, useRef } from "react";

import { useSettings } from "../settings";
import { Icon } from "../parts/Icon";
import type { Shown } from "./cases";
import { CASE_WORDS } from "./words";

export function CaseStrip({ shown, onOpen }: { shown: Shown; onOpen: () => void }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const { current, saved } = shown;
  const there = current !== null;
  const strip = useRef<HTMLElement>(null);
  useEffect(() => {
    const head = document.querySelector(".head");
    if (!there || !head) return;
    // The head stays at the top and is as high as its words: the strip stays right below it.
    const root = document.documentElement.style;
    const watcher = new ResizeObserver(() => {
      const top = head.getBoundingClientRect().height;
      root.setProperty("--case-top", `${String(top)}px`);
      // What is said of the line stands below the strip: how far the case is stays to be seen.
      root.setProperty("--line-top", `${String(top + (strip.current?.getBoundingClientRect().height ?? 0) + 8)}px`);
    });
    watcher.observe(head);
    if (strip.current) watcher.observe(strip.current);
    return () => {
      watcher.disconnect();
      root.removeProperty("--line-top");
    };
  }, [there]);
  if (!current) return null;
  const share = current.total > 0 ? Math.round((current.done / current.total) * 100) : 0;
  return (
    <section ref={strip} className="case-strip" aria-label={words.timeline} data-state={current.state}>
      <div className="case-strip-in">
        <p className="case-strip-name">
          {language === "en" && current.english ? <strong>{current.english}</strong> : <strong lang="zh-CN">{current.item.name}</strong>}
          <span className="quiet">
            {current.state_label}
            <span role="status">
              {" · "}
              {saved === "saved" ? words.saved : saved === "saving" ? words.saving : words.notSaved}
            </span>
          </span>
        </p>
        <p className="case-strip-count">
          <span className="sr-only">{words.progress(current.done, current.total)}</span>
          <span aria-hidden="true">{words.of(current.done, current.total)}</span>
        </p>
        <Button type="text" onClick={onOpen}>
          {words.details} <Icon name="right" />
        </Button>
      </div>
      <progress className="case-bar" max={100} value={share} aria-hidden="true" />
    </section>
  );
}
