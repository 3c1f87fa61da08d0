/** Explain why: the clause, the version it stands in, and its place on the page. Stepped through by keyboard. */
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";

import type { SidePanel, SourceSheet } from "../../../shared/api";
import { sourceSheet } from "../../../shared/client";
import { PagePicture } from "../../../shared/PagePicture";

export interface Opened {
  source: string;
  anchor: string;
}

/** Every clause that the panel rests on, in the order of the panel, each once. */
export function clausesOf(panel: SidePanel | null): Opened[] {
  if (!panel) return [];
  const all = [...panel.suggestions.flatMap((one) => one.citations), ...panel.points, ...panel.passages];
  const seen = new Map(all.map((one) => [one.anchor, { source: one.source, anchor: one.anchor }]));
  return [...seen.values()];
}

interface Props {
  opened: Opened;
  all: Opened[];
  onOpen: (other: Opened) => void;
  onClose: () => void;
}

export function Clause({ opened, all, onOpen, onClose }: Props) {
  const [sheet, setSheet] = useState<SourceSheet | "missing" | null>(null);
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    let current = true;
    sourceSheet(opened.source, opened.anchor, "", "zh").then(
      (found) => current && setSheet(found),
      () => current && setSheet("missing"),
    );
    box.current?.focus();
    return () => {
      current = false;
    };
  }, [opened]);
  const at = all.findIndex((one) => one.anchor === opened.anchor);
  const step = (by: number) => {
    const next = all[at + by];
    if (next) onOpen(next);
  };
  return (
    <section
      ref={box}
      className="clause-box"
      aria-label="依据的条款"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
        else if (event.key === "ArrowRight") step(1);
        else if (event.key === "ArrowLeft") step(-1);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <header className="clause-head">
        <h2>为什么：依据的条款</h2>
        {all.length > 1 && (
          <span className="num quiet">
            {at + 1}/{all.length}
          </span>
        )}
        <Button size="small" disabled={at <= 0} onClick={() => step(-1)} aria-label="上一条依据">
          ←
        </Button>
        <Button size="small" disabled={at < 0 || at >= all.length - 1} onClick={() => step(1)} aria-label="下一条依据">
          →
        </Button>
        <Button size="small" onClick={onClose}>
          关闭<kbd>Esc</kbd>
        </Button>
      </header>
      {sheet === null && <p>正在打开…</p>}
      {sheet === "missing" && <p>这一条打不开，可能刚被更新。请刷新侧栏后再看。</p>}
      {sheet !== null && sheet !== "missing" && <Sheet sheet={sheet} anchor={opened.anchor} />}
    </section>
  );
}

function Sheet({ sheet, anchor }: { sheet: SourceSheet; anchor: string }) {
  const told = sheet.statements.find((one) => one.anchor === anchor);
  if (!told) return <p>条款已不在这个版本里。请刷新侧栏后再看。</p>;
  const origins = sheet.origins.filter((one) => told.origins.includes(one.number));
  return (
    <div className="clause">
      <p>
        <strong>{sheet.title}</strong>
        {told.clause ? ` ${told.clause}` : ""}
        {sheet.number ? <span className="quiet"> {sheet.number}</span> : null}
      </p>
      <p className="clause-version">
        {sheet.in_force !== null && (
          <span className={`state is-${sheet.in_force ? "good" : "danger"}`}>{sheet.in_force ? "现行有效" : "不在有效期"}</span>
        )}{" "}
        <span className="quiet">
          版本 {sheet.version}
          {sheet.effective_from ? `，${sheet.effective_from} 起施行` : ""}
          {sheet.effective_to ? `，到 ${sheet.effective_to}` : ""}
          {sheet.is_current_version ? "" : "（已有更新的版本）"}
        </span>
      </p>
      <blockquote>{told.text}</blockquote>
      {sheet.page_pictures &&
        told.places.map((place) => (
          <PagePicture key={place.page} pages={sheet.page_pictures ?? ""} place={place} label={`原件第 ${place.page} 页`} />
        ))}
      <ul>
        {origins.map((one) => (
          <li key={one.number}>
            {one.url ? (
              <a href={one.url} target="_blank" rel="noreferrer">
                {one.title}
              </a>
            ) : (
              one.title
            )}
            {one.locator ? ` ${one.locator}` : ""}
          </li>
        ))}
      </ul>
      {!told.confirmed && <p className="note">这一条还没有可靠来源，只作提示，不能据此退件。</p>}
    </div>
  );
}
