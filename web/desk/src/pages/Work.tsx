/** A clerk's day: queue, conversation, side panel; all of it by keyboard. */
import { Drawer } from "antd";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";

import type { DeskTicket, RejectionReason, WireCanned, WireClerk, WireSuggestion } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { ask } from "../../../shared/staff/server";
import { deskCommands, type Over } from "../commands";
import { Desk } from "../desk";
import { useKeys } from "../keys";
import { CallBox } from "../parts/CallBox";
import { CannedPicker } from "../parts/CannedPicker";
import { clausesOf, type Opened } from "../parts/Clause";
import { Duty } from "../parts/Duty";
import { Ending, type Outcome } from "../parts/Ending";
import { HandOn } from "../parts/HandOn";
import { KeyHelp } from "../parts/KeyHelp";
import { Palette } from "../parts/Palette";
import { inOrder, Queue } from "../parts/Queue";
import { Side } from "../parts/Side";
import { Talk } from "../parts/Talk";
import { TalkHead } from "../parts/TalkHead";
import { useWide } from "../wide";

const toCounter = () => {
  history.pushState(null, "", "/desk/counter");
  dispatchEvent(new PopStateEvent("popstate"));
};

export function Work() {
  const [desk] = useState(() => new Desk());
  const { acts } = desk;
  const view = useSyncExternalStore(desk.subscribe, desk.snapshot);
  const wide = useWide();
  const reasons = useLoaded("reasons", (signal) => ask<RejectionReason[]>("/api/desk/rejection-reasons", { signal }));
  const [over, setOver] = useState<Over | null>(null);
  const colleagues = useLoaded(over === "transfer" || over === "invite" ? `colleagues ${over}` : "colleagues", (signal) => ask<WireClerk[]>("/api/desk/colleagues", { signal }));
  const [at, setAt] = useState<string | null>(null);
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  const [editing, setEditing] = useState<WireSuggestion | null>(null);
  const [rejecting, setRejecting] = useState<WireSuggestion | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [drawer, setDrawer] = useState(false);
  useEffect(() => desk.start(), [desk]);

  const { queue, open, story, panel } = view;
  const draft = open ? (drafts[open] ?? "") : "";
  const setDraft = useCallback(
    (text: string) => {
      if (open) setDrafts((all) => ({ ...all, [open]: text }));
      desk.setTyping(text !== "");
    },
    [desk, open],
  );
  const live = story?.ticket.state === "accepted" || story?.ticket.state === "talking";
  const owner = live && story.ticket.clerk === queue?.me.id;
  const calling = owner && story.ticket.is_call;
  const focusReply = () => window.setTimeout(() => document.getElementById("reply")?.focus(), 30);
  const pick = (ticket: DeskTicket) => {
    setAt(ticket.ticket);
    setEditing(null);
    setRejecting(null);
    setOpened(null);
    const mine = [...(queue?.mine ?? []), ...(queue?.ended ?? [])].some((one) => one.ticket === ticket.ticket);
    if (mine) void desk.openTicket(ticket.ticket);
    else void acts.accept(ticket.ticket).then((done) => done && focusReply());
  };
  const send = () => {
    const text = draft.trim();
    if (!text || !open) return;
    setDraft("");
    setEditing(null);
    void (editing?.kind === "canned" ? acts.useCanned(editing.id, text) : editing ? acts.use(editing, text) : acts.say(text)).then((done) => {
      if (!done) setDrafts((all) => ({ ...all, [open]: all[open] || text }));
    });
  };
  const edit = (one: WireSuggestion) => {
    setEditing(one);
    setDraft(one.text);
    setDrawer(false);
    focusReply();
  };
  const sendSuggestion = (one: WireSuggestion) => {
    setDrawer(false);
    void acts.use(one, one.text);
  };
  const canned = (one: WireCanned) => {
    setEditing({ id: one.id, kind: "canned", text: one.text, citations: [] });
    setDraft(one.text);
    setDrawer(false);
    focusReply();
  };
  const end = (outcome: Outcome, note: string) => {
    setOver(null);
    void acts.end(outcome, note);
  };
  const openForm = () => {
    if (!view.form) void acts.askForForm();
    else document.querySelector<HTMLElement>(".form-box .propose")?.focus();
    if (view.form && !wide) setDrawer(true);
  };
  const why = () => {
    const next = opened ? null : (clausesOf(panel)[0] ?? null);
    if (!next && !opened) desk.tell("这一刻侧栏里没有可看的依据。");
    setOpened(next);
    if (next && !wide) setDrawer(true);
  };
  const chooseFile = () => document.getElementById("desk-file")?.click();
  const newestEnded = queue?.ended[0];
  const reopen = () => {
    const ended = story?.ticket.state === "ended" ? story.ticket : newestEnded;
    if (ended) void acts.reopen(ended.ticket);
  };
  const insert = (text: string) => {
    setDraft(draft ? `${draft}\n${text}` : text);
    setDrawer(false);
    focusReply();
  };
  const reason = (one: WireSuggestion, why: string) => {
    setRejecting(null);
    void acts.reject(one, why);
  };
  const move = (by: number) => {
    if (!queue) return;
    const all = inOrder(queue);
    const n = all.findIndex((one) => one.ticket === (at ?? open));
    const next = all[Math.max(0, Math.min(all.length - 1, n + by))];
    if (next) setAt(next.ticket);
  };
  const commands = deskCommands({
    first: live ? panel?.suggestions[0] : undefined,
    canned: live ? (panel?.canned ?? []) : [],
    live,
    owner,
    calling,
    sharesForm: view.form !== null,
    hasEnded: newestEnded !== undefined || story?.ticket.state === "ended",
    acts: {
      setDuty: acts.setDuty,
      offerCall: acts.offerCall,
      end: acts.end,
      leave: acts.leave,
      called: acts.called,
      next: () => void acts.next().then((done) => done && focusReply()),
      reopen,
      reply: focusReply,
      send: sendSuggestion,
      edit,
      reject: setRejecting,
      why,
      chooseFile,
      form: openForm,
      sayCanned: canned,
      show: setOver,
      drawer: () => setDrawer((shown) => !shown),
      counter: toCounter,
    },
  });
  const take = () => {
    if (!queue) return;
    const one = inOrder(queue).find((ticket) => ticket.ticket === at) ?? queue.ringing[0] ?? queue.waiting[0];
    if (one) pick(one);
  };
  useKeys((event, target) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      setOver("palette");
      return true;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, textarea, [role=dialog]")) return false;
    const chosen = rejecting && reasons.data?.[Number(event.key) - 1];
    if (chosen) reason(rejecting, chosen.reason);
    else if (event.key === "j" || event.key === "ArrowDown") move(1);
    else if (event.key === "k" || event.key === "ArrowUp") move(-1);
    else if (event.key === "a" || (event.key === "Enter" && !target.closest("button, a, summary"))) take();
    else {
      const command = commands.find((one) => one.key.toLowerCase() === event.key);
      command?.run();
      return command !== undefined;
    }
    return true;
  });

  if (!queue) return <p className="boot">{view.broken ? "连不上服务器，正在重试…" : "正在打开…"}</p>;
  const side = panel && (
    <Side
      panel={panel}
      held={view.held !== null}
      live={live}
      rejecting={rejecting}
      reasons={reasons.data ?? []}
      onRelease={desk.release}
      onSend={sendSuggestion}
      onEdit={edit}
      onReject={setRejecting}
      onReason={reason}
      onText={insert}
      onCanned={canned}
      opened={opened}
      onOpen={setOpened}
      form={view.form}
      onPropose={acts.propose}
      onTakeBack={acts.takeBack}
      onNote={acts.note}
    />
  );
  return (
    <main id="main" className={`work${open ? " has-open" : ""}`}>
      <aside className="left">
        <Duty me={queue.me} onDuty={(duty) => void acts.setDuty(duty)} onCommands={() => setOver("palette")} />
        <Queue queue={queue} skew={view.skew} open={open} at={at} onPick={pick} onNext={() => void acts.next()} />
      </aside>
      <div className="middle">
        {view.failure && (
          <div className="failure" role="alert">
            {view.failure}
          </div>
        )}
        {view.broken && <p className="note">线路断了，正在重连。写好的话不会丢。</p>}
        {story ? (
          <>
            <TalkHead
              story={story}
              me={queue.me.id}
              colleagues={colleagues.data ?? []}
              live={live}
              wide={wide}
              news={view.held !== null}
              shared={view.form !== null}
              onBack={desk.close}
              onSide={() => setDrawer(true)}
              onForm={openForm}
              onInvite={() => setOver("invite")}
              onTransfer={() => setOver("transfer")}
              onCall={() => void acts.offerCall()}
              onLeave={() => void acts.leave()}
              onEnd={() => setOver("ending")}
              onReopen={reopen}
            />
            {calling && <CallBox ticket={story.ticket} contact={view.contact} onCalled={(reached) => void acts.called(reached)} />}
            <Talk
              story={story}
              lines={view.lines}
              citizenTypes={view.citizenTypes}
              draft={draft}
              editing={editing && (editing.kind === "canned" ? "常用语；花括号里的空填好才能发。" : "正在改小申的建议；改后发出，记为“改过后发”。")}
              onDraft={setDraft}
              onSend={send}
              onLeave={() => desk.setTyping(false)}
              onFile={(file) => void acts.sendFile(file)}
              onCanned={() => setOver("canned")}
              sending={view.sending !== null}
            />
          </>
        ) : (
          <div className="empty">
            <h1 className="sr-only">对话</h1>
            <p>{queue.me.duty === "on" ? "选一位市民，或按 N 接下一位。" : "先上岗，再接待市民。"}</p>
            <p className="quiet">J / K 上下选，A 接起，S 发送建议，E 改，X 不用，R 写回复；按 ? 看全部快捷键</p>
          </div>
        )}
      </div>
      {wide ? (
        <aside className="side" aria-label="侧栏">
          {side ?? <p className="empty">接起后，这里是摘要、建议、办件和依据。</p>}
        </aside>
      ) : (
        <Drawer open={drawer} onClose={() => setDrawer(false)} title="侧栏" size={400} className="side-drawer">
          {side}
        </Drawer>
      )}
      {over === "palette" && <Palette commands={commands} onClose={() => setOver(null)} />}
      {over === "help" && <KeyHelp onClose={() => setOver(null)} />}
      {over === "ending" && <Ending onEnd={end} onClose={() => setOver(null)} />}
      {over === "canned" && <CannedPicker canned={panel?.canned ?? []} onPick={canned} onClose={() => setOver(null)} />}
      {(over === "transfer" || over === "invite") && (
        <HandOn
          what={over}
          colleagues={colleagues.data ?? []}
          department={story?.ticket.department ?? null}
          onTransfer={(to) => void acts.transfer(to)}
          onInvite={(clerk) => void acts.invite(clerk)}
          onClose={() => setOver(null)}
        />
      )}
    </main>
  );
}
