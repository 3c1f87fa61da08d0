/** The small mark behind a sentence, and the list of sources under an answer. Both open the source at the clause. */
import { Button } from "antd";
import { useState } from "react";

import type { WireCitation } from "../../../shared/api";
import { useSettings } from "../settings";
import { langOf } from "../words";
import { Icon } from "./Icon";

interface MarkProps {
  number: number;
  citations: WireCitation[];
  onSource: (citation: WireCitation) => void;
}

export function SourceMark({ number, citations, onSource }: MarkProps) {
  const { words } = useSettings();
  const citation = citations.find((c) => c.number === number);
  if (!citation) return null;
  const name = `${citation.title} ${citation.clause ?? ""}`.trim();
  return (
    <button type="button" className="source-mark" aria-label={words.source(number, name)} onClick={() => onSource(citation)}>
      {number}
    </button>
  );
}

interface ListProps {
  citations: WireCitation[];
  onSource: (citation: WireCitation) => void;
}

const SHOWN_AT_FIRST = 3;

export function SourceList({ citations, onSource }: ListProps) {
  const { words } = useSettings();
  const [all, setAll] = useState(citations.length <= SHOWN_AT_FIRST + 1);
  const shown = all ? citations : citations.slice(0, SHOWN_AT_FIRST);
  const titles = [...new Set(shown.map((citation) => citation.title))];
  return (
    <div className="sources">
      <h3>
        <Icon name="book" /> {words.sources}
      </h3>
      {titles.map((title) => (
        <div key={title} className="source">
          <p lang="zh-CN">{title}</p>
          <ul>
            {shown
              .filter((citation) => citation.title === title)
              .map((citation) => (
                <li key={citation.number}>
                  <button type="button" onClick={() => onSource(citation)} lang={langOf(citation.quote)}>
                    <span className="number">{citation.number}</span>
                    {citation.clause && <span className="clause">{citation.clause}</span>}
                    <span className="source-quote">{citation.quote}</span>
                  </button>
                </li>
              ))}
          </ul>
        </div>
      ))}
      {!all && (
        <Button type="link" onClick={() => setAll(true)}>
          {words.showAll(citations.length)}
        </Button>
      )}
    </div>
  );
}
