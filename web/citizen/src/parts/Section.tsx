/** One facet of an item: materials as a check list, steps as a line, everything else as lines with their source. */
import { Tag } from "antd";
import { useState } from "react";

import type { WireCardRow, WireCardSection, WireCitation } from "../../../shared/api";
import { recall, remember } from "../../../shared/storage";
import { useSettings } from "../settings";
import { isRemark, ownNote, stepRows } from "../state/rows";
import { langOf } from "../words";
import { SourceMark } from "./SourceMark";

interface Props {
  section: WireCardSection;
  slug: string;
  citations: WireCitation[];
  onSource: (citation: WireCitation) => void;
}

export function Section({ section, slug, citations, onSource }: Props) {
  const { mode } = useSettings();
  // The elderly mode lists the sources once, under the answer.
  const mark = (row: WireCardRow) =>
    mode === "standard" && row.citation !== null && <SourceMark number={row.citation} citations={citations} onSource={onSource} />;
  if (!section.confirmed)
    return (
      <ul className="rows is-unconfirmed">
        {section.rows.map((row) => (
          <li key={row.text} lang={langOf(row.text)}>
            {row.text}
          </li>
        ))}
      </ul>
    );
  if (section.facet === "materials") return <CheckList rows={section.rows} slug={slug} mark={mark} />;
  const isLine = section.facet === "process";
  const List = isLine ? "ol" : "ul";
  return (
    <List className={isLine ? "line" : "rows"}>
      {(isLine ? stepRows(section.rows) : section.rows).map((row) => (
        <li key={row.text}>
          <span>
            {row.note && section.facet === "time_limit" && <Tag lang={langOf(row.note)}>{row.note}</Tag>}
            <span lang={langOf(row.text)}>{row.text}</span>
            {mark(row)}
          </span>
          {row.note && section.facet !== "time_limit" && (
            <small className="quiet" lang={langOf(row.note)}>
              {row.note}
            </small>
          )}
        </li>
      ))}
    </List>
  );
}

interface CheckListProps {
  rows: WireCardRow[];
  slug: string;
  mark: (row: WireCardRow) => React.ReactNode;
}

/** What is ticked stays ticked on this device: people gather their papers over days. */
function CheckList({ rows, slug, mark }: CheckListProps) {
  const { words } = useSettings();
  const key = `xiaoshen.ready.${slug}`;
  const [ready, setReady] = useState<string[]>(() => (recall(key) ?? "").split("\n").filter(Boolean));
  const toggle = (text: string) => {
    const next = ready.includes(text) ? ready.filter((t) => t !== text) : [...ready, text];
    setReady(next);
    remember(key, next.join("\n"));
  };
  const things = rows.filter((row) => !isRemark(row));
  const count = things.filter((row) => ready.includes(row.text)).length;
  return (
    <>
      <ul className="checks">
        {things.map((row) => (
          <li key={row.text}>
            <label>
              <input type="checkbox" checked={ready.includes(row.text)} onChange={() => toggle(row.text)} />
              <span>
                <span lang={langOf(row.text)}>{row.text}</span>
                <Note text={ownNote(row)} />
              </span>
            </label>
            {mark(row)}
          </li>
        ))}
      </ul>
      {rows.filter(isRemark).map((row) => (
        <p key={row.text} className="quiet" lang={langOf(row.text)}>
          {row.text}
          {mark(row)}
        </p>
      ))}
      <p className="quiet" role="status">
        {count > 0 ? words.ready(count, things.length) : ""}
      </p>
    </>
  );
}

/** 免交 (the electronic licence replaces the paper) is what people look for: it gets a mark of its own. */
function Note({ text }: { text: string | null }) {
  if (!text) return null;
  if (/免交|not needed|replaces/i.test(text)) return <span className="exempt" lang={langOf(text)}>{text}</span>;
  return (
    <small className="quiet" lang={langOf(text)}>
      {text}
    </small>
  );
}
