/** What was said and what happened, each line once. A person's words look different from Xiao Shen's, and say so. */
import type { HandoffLine } from "../../../shared/api";
import { SentFile } from "../../../shared/SentFile";
import { isChinese, Translated } from "../../../shared/Translated";
import { useSettings } from "../settings";
import { shown } from "./line";
import type { PersonView } from "./person";
import { personWords } from "./words";

export function Lines({ view }: { view: PersonView }) {
  const { language } = useSettings();
  const words = personWords[language];
  const lines = shown(view);
  const lastOwn = lines.filter((line) => line.side === "citizen").at(-1)?.seq;
  const read = view.ticket?.read_by_clerk ?? 0;
  if (lines.length === 0 && view.unsent.length === 0) return null;
  return (
    <div role="log" aria-label={words.region}>
    <ol className="person-lines">
      {lines.map((line) => (
        <Line key={line.seq} line={line} conversation={view.conversation} mark={line.seq === lastOwn && read >= line.seq ? words.read : null} />
      ))}
      {view.unsent
        .filter((one) => !lines.some((line) => line.client_id === one.clientId))
        .map((one) => (
          <li key={one.clientId} className="person-line is-mine is-unsent">
            <p>{one.text || words.fileComing}</p>
            <small>{words.sending}</small>
          </li>
        ))}
      {view.typing && <li className="person-line is-typing">{words.typing}</li>}
    </ol>
    </div>
  );
}

function Line({ line, conversation, mark }: { line: HandoffLine; conversation: string | null; mark: string | null }) {
  const { language } = useSettings();
  const words = personWords[language];
  if (!line.from_person) return <li className="person-line is-news">{line.text}</li>;
  const mine = line.side === "citizen";
  return (
    <li className={`person-line ${mine ? "is-mine" : "is-theirs"}`}>
      <small>{mine ? words.you : `${line.clerk_name ?? ""} · ${words.staff}`}</small>
      {line.text && <p>{line.text}</p>}
      {line.text && conversation && isChinese(line.text) === (language === "en") && (
        <Translated
          url={`/api/conversations/${encodeURIComponent(conversation)}/handoff/lines/${String(line.seq)}/translation`}
          language={language}
          label={words.translated}
        />
      )}
      {line.file && <SentFile file={line.file} words={words.fileShown} />}
      {mark && <small>{mark}</small>}
    </li>
  );
}
