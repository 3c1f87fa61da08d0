/** The way to a person within the conversation: waiting, choosing, talking, rating. */
import { Button } from "antd";
import { useEffect, useId, useRef, useState } from "react";

import type { HandoffView } from "../../../shared/api";
import { Icon } from "../parts/Icon";
import { useSettings } from "../settings";
import "./person.css";
import type { Cases, Shown as CasesShown } from "../case/cases";
import { Choices } from "./Choices";
import { FormTogether } from "./FormTogether";
import { shown } from "./line";
import { Lines } from "./Lines";
import type { Person, PersonView } from "./person";
import { Rating } from "./Rating";
import { noticeOf, personWords } from "./words";

const WAITING = new Set<HandoffView["state"]>(["waiting", "offered"]);
const TICK = 5000;

export function isLive(ticket: HandoffView | null): boolean {
  return ticket?.xiaoshen_is_silent ?? false;
}

export function isOpenTicket(ticket: HandoffView | null): ticket is HandoffView {
  return ticket !== null && ticket.state !== "ended";
}

interface Props {
  person: Person;
  view: PersonView;
  /** Nothing else of the conversation is on the page: the heading is here. */
  alone: boolean;
  cases: Cases;
  shown: CasesShown;
}

export function PersonSection({ person, view, alone, cases, shown: handled }: Props) {
  const { language } = useSettings();
  const words = personWords[language];
  const ticket = view.ticket;
  const end = useRef<HTMLDivElement>(null);
  const count = shown(view).length + view.unsent.length;
  const state = ticket?.state;

  // What is new is at the end: a person's words must not come in unseen.
  useEffect(() => {
    if (state) end.current?.scrollIntoView({ block: "end" });
    person.read();
  }, [person, count, state]);

  if (!ticket) return null;
  const live = isLive(ticket);
  return (
    <section className="person" aria-label={words.region} data-state={ticket.state}>
      {alone && isOpenTicket(ticket) && <h1 className="sr-only">{words.region}</h1>}
      <div className="person-state" role="status">
        <p className="person-notice">{noticeOf(ticket, language)}</p>
        {WAITING.has(ticket.state) && <Wait key={ticket.now} ticket={ticket} />}
      </div>
      {view.broken && (
        <p className="note" role="status">
          {words.broken}
        </p>
      )}
      <Lines view={view} />
      {view.refusal && (
        <p className="note is-refused" role="alert">
          {view.refusal}
        </p>
      )}
      {live && view.conversation && <FormTogether conversation={view.conversation} lines={view.lines} cases={cases} shown={handled} />}
      {ticket.choices.length > 0 && <Choices ticket={ticket} onChoose={person.choose} />}
      <div className="person-tools">
        {live && <FileButton onFile={(file) => person.sendFile(file)} />}
        {isOpenTicket(ticket) && (
          <Button onClick={() => void person.end()}>{live ? words.end : words.cancel}</Button>
        )}
        {ticket.ending === "window" && <Button onClick={() => void person.end()}>{words.cancelVisit}</Button>}
      </div>
      {ticket.state === "ended" && ticket.read_by_clerk >= 0 && (
        <Rating ticket={ticket} onRate={person.rate} onReopen={person.reopen} />
      )}
      <div ref={end} className="person-end" />
    </section>
  );
}

/** Place, estimate and clock: numbers, to the minute, without a countdown that presses. */
function Wait({ ticket }: { ticket: HandoffView }) {
  const { language } = useSettings();
  const words = personWords[language];
  const waited = useWaited(ticket);
  return (
    <dl className="person-wait">
      {ticket.place !== null && (
        <div>
          <dt>{words.placeLabel}</dt>
          <dd>{words.place(ticket.place)}</dd>
        </div>
      )}
      <div>
        <dt>{words.estimateLabel}</dt>
        <dd>{ticket.estimate_seconds === null ? words.unknown : words.estimate(ticket.estimate_seconds)}</dd>
      </div>
      <div>
        <dt>{words.waitedLabel}</dt>
        <dd>{words.waited(waited)}</dd>
      </div>
    </dl>
  );
}

/** Seconds since the wish, by the server's clock: this computer's may be wrong. */
function useWaited(ticket: HandoffView): number {
  const [told] = useState(() => performance.now());
  const [now, setNow] = useState(told);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(performance.now()), TICK);
    return () => window.clearInterval(timer);
  }, []);
  return ticket.waited_seconds + (now - told) / 1000;
}

function FileButton({ onFile }: { onFile: (file: File) => Promise<void> }) {
  const { language } = useSettings();
  const words = personWords[language];
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  const [sending, setSending] = useState<string | null>(null);
  const send = (file: File) => {
    setSending(file.name);
    void onFile(file).finally(() => setSending(null));
  };
  return (
    <>
      <input
        ref={input}
        className="sr-only"
        type="file"
        tabIndex={-1}
        aria-label={words.file}
        accept="image/png,image/jpeg,image/webp,image/gif,application/pdf"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) send(file);
          event.target.value = "";
        }}
      />
      <Button icon={<Icon name="plus" />} loading={sending !== null} aria-describedby={hint} onClick={() => input.current?.click()}>
        {words.file}
      </Button>
      <small id={hint} role="status" className="quiet">
        {sending === null ? words.fileHint : words.fileSending(sending)}
      </small>
    </>
  );
}
