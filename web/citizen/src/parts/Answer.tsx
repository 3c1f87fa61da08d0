/** One question and its answer, in every phase that a turn can be in. */
import { Bubble } from "@ant-design/x";
import { Button } from "antd";
import { useEffect, useState, type Ref } from "react";

import type { CaseCardEvent, NextStepEvent, WireCitation } from "../../../shared/api";
import { useSettings } from "../settings";
import { isOpen, usedCitations, type Turn } from "../state/turn";
import { langOf } from "../words";
import { AnswerTools, ReadAloud } from "./AnswerTools";
import type { OnReport } from "./Report";
import { Icon } from "./Icon";
import { ItemCard } from "./ItemCard";
import { SourceList, SourceMark } from "./SourceMark";

const THINKING_AFTER_MS = 800;
/** What the case's own card below the conversation asks with its own buttons. */
const BY_CARD: ReadonlySet<string> = new Set(["parts", "conditions", "consent", "form", "material", "confirm"]);

interface Props {
  turn: Turn;
  /** Only the last answer's buttons can be used: the older ones were questions of their time. */
  isLast: boolean;
  /** The case's card below asks for what comes next: its question need not stand here as well, or not its buttons. */
  carded: boolean | "field";
  headingRef: Ref<HTMLHeadingElement> | null;
  onAsk: (text: string) => void;
  onRetry: () => void;
  onSource: (citation: WireCitation) => void;
  onItem: (slug: string) => void;
  onReport: OnReport;
}

export function Answer({ turn, isLast, carded, headingRef, onAsk, onRetry, onSource, onItem, onReport }: Props) {
  const { words, mode } = useSettings();
  const said = turn.sentences.length > 0 || turn.question !== null || turn.cards.length > 0;
  const over = !isOpen(turn);
  const cited = usedCitations(turn);
  const asksByCard = turn.caseCards.some((card) => BY_CARD.has(card.kind));
  return (
    <article className="turn" data-phase={turn.phase} data-why={turn.why ?? undefined} aria-busy={!over}>
      <h2 className="asked" ref={headingRef} tabIndex={-1}>
        <span className="sr-only">{words.youAsked} </span>
        <Bubble placement="end" shape="corner" content={<span lang={langOf(turn.text)}>{turn.text}</span>} />
      </h2>
      {turn.phase === "queued" && <p className="note">{words.queued}</p>}
      {turn.phase === "asking" && !said && <Thinking />}
      {(said || over) && (
        <div className="answer">
          {turn.replaced && (
            <p className="note is-replaced">
              <Icon name="undo" /> {turn.replaced}
            </p>
          )}
          <div className="sentences">
            {turn.sentences.map((sentence) => (
              <p key={sentence.id} lang={langOf(sentence.text)}>
                {sentence.text}
                {mode === "standard" &&
                  sentence.citations.map((number) => (
                    <SourceMark key={number} number={number} citations={turn.citations} onSource={onSource} />
                  ))}
              </p>
            ))}
            {turn.phase === "streaming" && <Thinking small />}
          </div>
          {carded && (!isLast || asksByCard) ? null : turn.question && (asksByCard || carded === "field" || (turn.moved && !isLast)) ? (
            <p className="case-asks" lang={langOf(turn.question.text)}>
              {turn.question.text}
            </p>
          ) : (
            turn.question && <Choices turn={turn} enabled={isLast && over} onAsk={onAsk} />
          )}
          {turn.caseCards.map((card) => (card.kind === "checklist" ? <Rows key={card.kind} card={card} /> : null))}
          {mode === "elder" && over && said && <ReadAloud turn={turn} />}
          {turn.cards.map((card) => (
            <ItemCard key={card.item.slug} card={card} citations={turn.citations} onSource={onSource} onItem={onItem} />
          ))}
          {turn.phase === "stopped" && (
            <p className="note">
              {words.stopped}{" "}
              {isLast && (
                <Button size="small" onClick={() => onAsk(turn.text)}>
                  {words.askAgain}
                </Button>
              )}
            </p>
          )}
          {turn.phase === "failed" && (
            <div className="note is-error">
              <p>{turn.failure ?? words.failed}</p>
              <Button onClick={onRetry}>{words.retry}</Button>
            </div>
          )}
          {turn.degraded && <p className="note">{words.degraded}</p>}
          {over && cited.length > 0 && <SourceList citations={cited} onSource={onSource} />}
          {over && said && !(carded && mode === "elder") && <AnswerTools turn={turn} onReport={onReport} />}
          {isLast && turn.steps.length > 0 && <NextSteps steps={turn.steps} onAsk={onAsk} onItem={onItem} />}
        </div>
      )}
    </article>
  );
}

/** What to prepare for an item that is not handled here. */
function Rows({ card }: { card: CaseCardEvent }) {
  return (
    <ul className="case-card case-check" lang="zh-CN">
      {card.rows.map((row) => (
        <li key={row.text}>
          {row.text} {row.note && <span className="quiet">{row.note}</span>}
        </li>
      ))}
    </ul>
  );
}

function Choices({ turn, enabled, onAsk }: { turn: Turn; enabled: boolean; onAsk: (text: string) => void }) {
  const { words } = useSettings();
  const question = turn.question;
  if (!question) return null;
  return (
    <fieldset className="choices" disabled={!enabled}>
      <legend lang={langOf(question.text)}>{question.text}</legend>
      {question.choices.map((choice) => (
        <Button key={choice.send} block disabled={!enabled} onClick={() => onAsk(choice.send)}>
          <span lang={langOf(choice.label)}>{choice.label}</span>
          <Icon name="right" />
        </Button>
      ))}
      {enabled && <p className="quiet">{words.choose}</p>}
    </fieldset>
  );
}

interface StepsProps {
  steps: NextStepEvent[];
  onAsk: (text: string) => void;
  onItem: (slug: string) => void;
}

function NextSteps({ steps, onAsk, onItem }: StepsProps) {
  const { words } = useSettings();
  const follow = (step: NextStepEvent) => {
    if (step.kind === "open_card") onItem(step.value);
    else onAsk(step.kind === "person" ? words.personMessage : step.value);
  };
  return (
    <ul className="steps-on" aria-label={words.next}>
      {steps.map((step) => (
        <li key={`${step.kind} ${step.value}`}>
          {step.kind === "call" ? (
            <Button className="call" href={`tel:${step.value.replace(/[^\d+]/g, "")}`} icon={<Icon name="phone" />}>
              {step.label}
            </Button>
          ) : (
            <Button
              icon={step.kind === "person" ? <Icon name="person" /> : null}
              onClick={() => follow(step)}
            >
              {step.label}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Shown only when it takes longer than people notice, so that quick answers do not flicker. */
function Thinking({ small = false }: { small?: boolean }) {
  const { words } = useSettings();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), THINKING_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <p className={small ? "thinking is-small" : "thinking"}>
      <span className="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span className={small ? "sr-only" : ""}>{words.thinking}</span>
    </p>
  );
}
