/** The item at a glance: what was asked is open, the rest opens at a tap. */
import { Button } from "antd";
import { useId, useState } from "react";

import type { Facet, ItemCardEvent, WireCardSection, WireCitation } from "../../../shared/api";
import { useSettings } from "../settings";
import { langOf } from "../words";
import { Icon } from "./Icon";
import { Section } from "./Section";

const OPEN_AT_FIRST: readonly Facet[] = ["materials", "time_limit", "fee"];

interface Props {
  card: ItemCardEvent;
  citations: WireCitation[];
  onSource: (citation: WireCitation) => void;
  onItem: (slug: string) => void;
}

export function ItemCard({ card, citations, onSource, onItem }: Props) {
  const { words, mode } = useSettings();
  const focused = card.focus !== null && card.sections.some((section) => section.facet === card.focus);
  const first = focused && card.focus ? [card.focus] : OPEN_AT_FIRST.slice(0, mode === "elder" ? 1 : 3);
  const sections = [...card.sections].sort((a, b) => Number(b.facet === card.focus) - Number(a.facet === card.focus));
  return (
    <div className="card">
      <div className="card-head">
        <h3 lang="zh-CN">{card.item.name}</h3>
        <p className="quiet">
          {words.department} <span lang="zh-CN">{card.department}</span>
        </p>
      </div>
      {sections.map((section) => (
        <Folding key={section.facet} section={section} openAtFirst={first.includes(section.facet)}>
          <Section section={section} slug={card.item.slug} citations={citations} onSource={onSource} />
        </Folding>
      ))}
      <Button className="card-more" type="link" onClick={() => onItem(card.item.slug)}>
        {words.openItem} <Icon name="right" />
      </Button>
    </div>
  );
}

interface FoldingProps {
  section: WireCardSection;
  openAtFirst: boolean;
  children: React.ReactNode;
}

function Folding({ section, openAtFirst, children }: FoldingProps) {
  const { words } = useSettings();
  const [open, setOpen] = useState(openAtFirst);
  const id = useId();
  const preview = section.confirmed ? section.rows.map((row) => row.text).join(" · ") : words.unconfirmed;
  return (
    <div className={open ? "fold is-open" : "fold"} data-facet={section.facet}>
      <h4>
        <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          <span className="fold-title">{section.title}</span>
          {!open && (
            <span className="fold-preview" lang={langOf(preview)}>
              {preview}
            </span>
          )}
          <Icon name="down" />
        </button>
      </h4>
      <div id={id} hidden={!open}>
        {children}
      </div>
    </div>
  );
}
