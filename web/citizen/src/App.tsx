/** The page: head, conversation, place to write; and the sheets that open over it. */
import { Button } from "antd";
import { lazy, Suspense, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";

import type { WireCitation } from "../../shared/api";
import "./case/case.css";
import { CaseStrip } from "./case/CaseStrip";
import { CaseWork } from "./case/CaseWork";
import { Unfinished } from "./case/Unfinished";
import { useCases } from "./case/useCases";
import { Announcer } from "./parts/Announcer";
import { Answer } from "./parts/Answer";
import { Composer } from "./parts/Composer";
import { ForgetTalk } from "./parts/ForgetTalk";
import { Header } from "./parts/Header";
import { Opening } from "./parts/Opening";
import { Person } from "./person/person";
import { isLive, isOpenTicket, PersonSection } from "./person/PersonSection";
import { useSettings } from "./settings";
import { Conversation, type Line } from "./state/conversation";
import { isOpen } from "./state/turn";

const SourceDrawer = lazy(() => import("./parts/SourceDrawer"));
const ItemDrawer = lazy(() => import("./parts/ItemDrawer"));
const CaseDrawer = lazy(() => import("./case/CaseDrawer").then((module) => ({ default: module.CaseDrawer })));

function newId(): string {
  // randomUUID exists only on secure origins; an office may serve the page on its own network without.
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function App() {
  const { words, mode } = useSettings();
  const conversation = useMemo(() => new Conversation(() => (document.documentElement.lang === "en" ? "en" : "zh"), newId), []);
  useEffect(() => conversation.start(), [conversation]);
  const { turns, line, resumed, loading } = useSyncExternalStore(conversation.subscribe, conversation.snapshot);

  const person = useMemo(() => new Person(() => (document.documentElement.lang === "en" ? "en" : "zh"), newId), []);
  const withPerson = useSyncExternalStore(person.subscribe, person.snapshot);
  const live = isLive(withPerson.ticket);
  const handedOver = turns.filter((turn) => turn.status === "handoff").length;
  // After a reload, and whenever an answer ended with a person: is one coming?
  useEffect(() => {
    const known = conversation.known();
    if (!loading && known) void person.follow(known);
  }, [conversation, person, loading, handedOver]);

  const beside = useCases(turns);
  const [citation, setCitation] = useState<WireCitation | null>(null);
  const [item, setItem] = useState<string | null>(null);
  const [sheets, setSheets] = useState(false);
  const [earlierShown, setEarlierShown] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const opener = useRef<Element | null>(null);

  const last = turns.at(-1);
  const busy = last !== undefined && isOpen(last);
  // A field that is written has its place in the card, with both of its ways out; one that is chosen has its buttons above.
  const { current } = beside.shown;
  const asksInWords = current?.step === "field" && current.fields.some((one) => current.step_fields.includes(one.key) && one.choices.length === 0 && one.type !== "bool");
  const hidden = mode === "elder" && !earlierShown ? Math.max(0, turns.length - 1) : 0;
  const lastId = last?.clientId;

  // A new question goes to the top of the view, so that its answer is read from its beginning.
  useEffect(() => {
    if (lastId && !loading) heading.current?.scrollIntoView({ block: "start" });
  }, [lastId, loading]);

  const ask = (text: string) => {
    const typed = document.activeElement === input.current;
    setEarlierShown(false);
    conversation.ask(text);
    // The button that asked is gone now: the new question's heading takes the focus, so that it is never lost.
    if (!typed) requestAnimationFrame(() => heading.current?.focus({ preventScroll: true }));
  };
  const closeSheets = () => {
    setCitation(null);
    setItem(null);
    // antd gives the focus back after it has slid out, but not when it is closed while it still slides in.
    requestAnimationFrame(() => {
      if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
    });
  };
  const openSource = (chosen: WireCitation) => {
    opener.current = document.activeElement;
    setSheets(true);
    setCitation(chosen);
  };
  const openItem = (slug: string) => {
    opener.current = document.activeElement;
    setSheets(true);
    setItem(slug);
  };
  const wantPerson = async () => {
    try {
      if (!(await person.want(await conversation.identify()))) ask(words.personMessage);
    } catch {
      ask(words.personMessage); // no line: the wish waits with the other messages
    }
  };
  const leave = () => {
    if (isOpenTicket(withPerson.ticket)) void person.end().finally(() => person.leave());
    else person.leave();
    conversation.leave();
    beside.cases.leave();
    input.current?.focus();
  };

  const forget = async () => {
    if (!(await conversation.erase())) return false;
    person.leave();
    conversation.leave();
    beside.cases.leave();
    input.current?.focus();
    return true;
  };

  return (
    <div className="page">
      <a className="skip" href="#question">
        {words.skip}
      </a>
      <Header talking={turns.length > 0} onNew={leave} onPerson={() => void wantPerson()} helper={live ? (withPerson.ticket?.clerk ?? null) : null} />
      <CaseStrip shown={beside.shown} onOpen={() => beside.setSheet(true)} />
      <main className="talk" aria-label={words.conversation}>
        <LineNote line={line} onRetry={conversation.retry} />
        {!loading && turns.length === 0 && <Unfinished cases={beside.cases} shown={beside.shown} />}
        {!loading && turns.length === 0 && !beside.shown.current && !isOpenTicket(withPerson.ticket) && <Opening onAsk={ask} />}
        {(turns.length > 0 || beside.shown.current) && <h1 className="sr-only">{words.conversation}</h1>}
        {resumed && hidden === 0 && <p className="note is-resumed">{words.resumed}</p>}
        {hidden > 0 && (
          <Button block className="earlier" onClick={() => setEarlierShown(true)}>
            {words.earlier(hidden)}
          </Button>
        )}
        {turns.slice(hidden).map((turn) => (
          <Answer
            key={turn.clientId}
            turn={turn}
            isLast={turn === last && !beside.outdated}
            carded={turn === last && !busy && turn.moved !== null && beside.shown.current?.id === turn.moved.case && (asksInWords ? "field" : true)}
            headingRef={turn === last ? heading : null}
            onAsk={ask}
            onRetry={conversation.retry}
            onSource={openSource}
            onItem={openItem}
            onReport={conversation.report}
          />
        ))}
        {!busy && <CaseWork cases={beside.cases} shown={beside.shown} asked={last?.question != null && !beside.outdated} />}
        <PersonSection person={person} view={withPerson} alone={turns.length === 0} cases={beside.cases} shown={beside.shown} />
      </main>
      <Composer busy={busy} inputRef={input} onSend={live ? person.say : ask} onStop={() => void conversation.stop()} person={live} onType={person.types}
        foot={turns.length > 0 && <ForgetTalk onForget={forget} />}
      />
      {beside.shown.current && (
        <Suspense fallback={null}>
          <CaseDrawer
            open={beside.sheet}
            cases={beside.cases}
            shown={beside.shown.current}
            onClose={() => beside.setSheet(false)}
          />
        </Suspense>
      )}
      <Announcer turn={last} />
      {sheets && (
        <Suspense fallback={null}>
          <SourceDrawer citation={citation} onClose={closeSheets} />
          <ItemDrawer slug={item} onClose={closeSheets} onItem={setItem} />
        </Suspense>
      )}
    </div>
  );
}

function LineNote({ line, onRetry }: { line: Line; onRetry: () => void }) {
  const { words } = useSettings();
  const text = { ok: "", offline: words.offline, reconnecting: words.reconnecting, lost: words.lost }[line];
  return (
    <div className="line-note" role="status" data-line={line}>
      {text && (
        <>
          <p>{text}</p>
          {line !== "offline" && <Button onClick={onRetry}>{words.retryNow}</Button>}
        </>
      )}
    </div>
  );
}
