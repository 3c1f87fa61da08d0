/** Tells a screen reader each sentence, whole and once, without the marks and buttons around it. */
import { useSettings } from "../settings";
import type { Turn } from "../state/turn";
import { langOf } from "../words";

export function Announcer({ turn }: { turn: Turn | undefined }) {
  const { words } = useSettings();
  return (
    <div className="sr-only" role="log" aria-live="polite" aria-relevant="additions" aria-label={words.answer}>
      {turn && (
        <div key={turn.clientId}>
          {turn.replaced && <p>{turn.replaced}</p>}
          {turn.sentences.map((sentence) => (
            <p key={sentence.id} lang={langOf(sentence.text)}>
              {sentence.text}
            </p>
          ))}
          {turn.question && <p lang={langOf(turn.question.text)}>{turn.question.text}</p>}
          {turn.phase === "failed" && <p>{turn.failure ?? words.failed}</p>}
          {turn.phase === "stopped" && <p>{words.stopped}</p>}
        </div>
      )}
    </div>
  );
}
