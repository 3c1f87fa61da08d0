/** The strip under the header: which case is in hand, how far it is, whether it is saved. */
import { Button } from "antd";
import { useEffect } from "react";

import { useSettings } from "../settings";
import { Icon } from "../parts/Icon";
import type { Shown } from "./cases";
import { CASE_WORDS } from "./words";

export function CaseStrip({ shown, onOpen }: { shown: Shown; onOpen: () => void }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const { current, saved } = shown;
  const there = current !== null;
  useEffect(() => {
    const head = document.querySelector(".head");
    if (!there || !head) return;
    // The head stays at the top and is as high as its words: the strip stays right below it.
    const watcher = new ResizeObserver(() =>
      document.documentElement.style.setProperty("--case-top", `${String(head.getBoundingClientRect().height)}px`),
    );
    watcher.observe(head);
    return () => watcher.disconnect();
  }, [there]);
  if (!current) return null;
  const share = current.total > 0 ? Math.round((current.done / current.total) * 100) : 0;
  return (
    <section className="case-strip" aria-label={words.timeline} data-state={current.state}>
      <div className="case-strip-in">
        <p className="case-strip-name">
          <strong lang="zh-CN">{current.item.name}</strong>
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
