/** Copy, share and read an answer. What leaves the page carries the AI label. */
import { Button } from "antd";
import { useState } from "react";

import { useSettings } from "../settings";
import { canRead, useReading } from "../speech";
import { asText, type Turn } from "../state/turn";
import { langOf } from "../words";
import { Icon } from "./Icon";
import { type OnReport, Report } from "./Report";

export function AnswerTools({ turn, onReport }: { turn: Turn; onReport: OnReport }) {
  const { words, mode } = useSettings();
  const elder = mode === "elder";
  const [told, setTold] = useState("");
  const text = asText(turn, { sources: words.sources, label: words.label, site: words.title });

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setTold(words.copied);
    } catch {
      setTold(words.copyFailed);
    }
  };
  const share = async () => {
    try {
      await navigator.share({ text });
    } catch {
      // The person closed the system's sheet.
    }
  };

  return (
    <div className="tools">
      <Button type="text" icon={<Icon name="copy" />} onClick={() => void copy()}>
        {words.copy}
      </Button>
      {"share" in navigator && (
        <Button type="text" icon={<Icon name="share" />} onClick={() => void share()}>
          {words.share}
        </Button>
      )}
      {!elder && <ReadAloud turn={turn} />}
      <Report clientId={turn.clientId} onReport={onReport} />
      <span className="label" role="status">
        {told || words.label}
      </span>
    </div>
  );
}

/** In the elderly mode it stands right under the answer, large. */
export function ReadAloud({ turn }: { turn: Turn }) {
  const { words, mode } = useSettings();
  const aloud = [...turn.sentences.map((s) => s.text), turn.question?.text ?? ""].join("\n");
  const { reading, toggle } = useReading(aloud, langOf(aloud));
  if (!canRead) return null;
  return (
    <Button
      className="read"
      {...(mode === "elder" ? { block: true } : { type: "text" as const })}
      icon={<Icon name="sound" />}
      onClick={toggle}
      aria-pressed={reading}
    >
      {reading ? words.stopReading : words.read}
    </Button>
  );
}
