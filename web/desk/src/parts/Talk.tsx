/** The conversation: what was said before the person came, the talk since, and the place to write. */
import { Button, Input } from "antd";
import { useEffect, useLayoutEffect, useRef } from "react";

import type { HandoffLine, StoryTurn, TicketStory } from "../../../shared/api";
import { SentFile } from "../../../shared/SentFile";
import { isChinese, Translated } from "../../../shared/Translated";
import { FILE_WORDS } from "../words";

interface Props {
  story: TicketStory;
  lines: HandoffLine[];
  citizenTypes: boolean;
  draft: string;
  editing: string | null;
  onDraft: (text: string) => void;
  onSend: () => void;
  onLeave: () => void;
  onFile: (file: File) => void;
  onCanned: () => void;
  sending: boolean;
}

const time = (at: string) => new Date(at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });

export function Talk({ story, lines, citizenTypes, draft, editing, onDraft, onSend, onLeave, onFile, onCanned, sending }: Props) {
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
          <Said key={line.seq} line={line} ticket={story.ticket.ticket} english={story.ticket.language === "en"} />
        ))}
        <p className="typing" aria-live="polite">
          {citizenTypes ? "市民正在输入…" : ""}
        </p>
      </div>
      <div className="writer">
        {editing && <p className="quiet">{editing}</p>}
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
            } else if (event.key === "/" && draft === "") {
              event.preventDefault();
              onCanned();
            } else if (event.key === "Escape") {
              event.currentTarget.blur();
              onLeave();
            }
          }}
          onBlur={onLeave}
        />
        <div className="writer-buttons">
          <Button type="primary" onClick={onSend} disabled={!live || !draft.trim()}>
            发送
          </Button>
          <Button loading={sending} disabled={!live} onClick={() => document.getElementById("desk-file")?.click()}>
            发文件<kbd>U</kbd>
          </Button>
          <input
            id="desk-file"
            className="sr-only"
            type="file"
            tabIndex={-1}
            aria-label="选一个图片或PDF发给市民"
            accept="image/png,image/jpeg,image/webp,image/gif,application/pdf"
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file) onFile(file);
              event.target.value = "";
            }}
          />
        </div>
      </div>
    </section>
  );
}

export function Before({ turn }: { turn: StoryTurn }) {
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

function Said({ line, ticket, english }: { line: HandoffLine; ticket: string; english: boolean }) {
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
      {line.text && (english || !isChinese(line.text)) && (
        <Translated url={`/api/desk/tickets/${ticket}/lines/${String(line.seq)}/translation`} language="zh" label="AI 译文，仅供参考" />
      )}
      {line.file && <SentFile file={line.file} words={FILE_WORDS} />}
    </div>
  );
}
