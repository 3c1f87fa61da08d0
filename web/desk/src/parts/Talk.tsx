/** The conversation: what was said before the person came, the talk since, and the place to write. */
import { Button, Input } from "antd";
import { useEffect, useLayoutEffect, useRef } from "react";

import type { HandoffLine, StoryTurn, TicketStory } from "../../../shared/api";

interface Props {
  story: TicketStory;
  lines: HandoffLine[];
  citizenTypes: boolean;
  draft: string;
  editing: string | null;
  onDraft: (text: string) => void;
  onSend: () => void;
  onLeave: () => void;
}

const time = (at: string) => new Date(at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });

export function Talk({ story, lines, citizenTypes, draft, editing, onDraft, onSend, onLeave }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const last = lines.at(-1)?.seq ?? 0;
  useLayoutEffect(() => {
    const box = list.current;
    if (box && atEnd.current) box.scrollTop = box.scrollHeight;
  }, [last, story.ticket.ticket]);
  useEffect(() => {
    atEnd.current = true;
  }, [story.ticket.ticket]);
  const live = story.ticket.state === "accepted" || story.ticket.state === "talking";
  return (
    <section className="talk" aria-label="对话">
      <div
        className="talk-lines"
        ref={list}
        tabIndex={0}
        role="log"
        aria-label="对话内容"
        onScroll={(event) => {
          const box = event.currentTarget;
          atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
        }}
      >
        {story.story && story.story.turns.length > 0 && (
          <details className="before" open>
            <summary>转来之前和小申说的</summary>
            {story.story.turns.map((turn) => (
              <Before key={turn.client_id} turn={turn} />
            ))}
          </details>
        )}
        {lines.map((line) => (
          <Said key={line.seq} line={line} />
        ))}
        <p className="typing" aria-live="polite">
          {citizenTypes ? "市民正在输入…" : ""}
        </p>
      </div>
      <div className="writer">
        {editing && <p className="quiet">正在改小申的建议；改后发出，记为“改过后发”。</p>}
        <Input.TextArea
          id="reply"
          aria-label="回复市民"
          placeholder={live ? "回复市民。Enter 发送，Shift+Enter 换行，Esc 离开输入框" : "接起后可以回复"}
          value={draft}
          disabled={!live}
          maxLength={2000}
          rows={3}
          onChange={(event) => onDraft(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
              event.preventDefault();
              onSend();
            } else if (event.key === "Escape") {
              event.currentTarget.blur();
              onLeave();
            }
          }}
          onBlur={onLeave}
        />
        <Button type="primary" onClick={onSend} disabled={!live || !draft.trim()}>
          发送
        </Button>
      </div>
    </section>
  );
}

function Before({ turn }: { turn: StoryTurn }) {
  const answer = turn.events.flatMap((event) => (event.type === "sentence" ? [event.text] : event.type === "question_back" ? [event.text] : []));
  return (
    <>
      <p className="said is-citizen">{turn.text}</p>
      {answer.length > 0 && (
        <p className="said is-xiaoshen">
          <span className="said-who">小申</span>
          {answer.join("")}
        </p>
      )}
    </>
  );
}

function Said({ line }: { line: HandoffLine }) {
  if (line.kind !== "message") {
    return line.text ? (
      <p className="happened">
        {line.text} <span className="num">{time(line.at)}</span>
      </p>
    ) : null;
  }
  return (
    <div className={`said is-${line.side}`}>
      <span className="said-who">
        {line.side === "citizen" ? "市民" : (line.clerk_name ?? "我")} <span className="num">{time(line.at)}</span>
      </span>
      {line.text}
      {line.file && (
        <a href={line.file.url} target="_blank" rel="noreferrer">
          {line.file.name}
        </a>
      )}
    </div>
  );
}
