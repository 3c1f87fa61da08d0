/** The small mark behind a sentence, and the list of sources under an answer. Both open the source at the clause. */
import type { WireCitation } from "../../../shared/api";
import { useSettings } from "../settings";
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

export function SourceList({ citations, onSource }: ListProps) {
  const { words } = useSettings();
  return (
    <div className="sources">
      <h3>
        <Icon name="book" /> {words.sources}
      </h3>
      <ul>
        {citations.map((citation) => (
          <li key={citation.number}>
            <button type="button" onClick={() => onSource(citation)} lang="zh-CN">
              <span className="number">{citation.number}</span>
              <span className="source-title">{citation.title}</span>
              {citation.clause && <span className="quiet">{citation.clause}</span>}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
