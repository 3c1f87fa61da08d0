/** The frame of the desk: who is signed in, and the page that the address names. */
import { Button } from "antd";
import { useEffect, useState, useSyncExternalStore, type MouseEvent } from "react";

import type { StaffSession } from "../../shared/api";
import { ask, currentSession, onSession, setSession } from "../../shared/staff/server";
import { Board } from "./pages/Board";
import { Canned } from "./pages/Canned";
import { Counter } from "./pages/Counter";
import { People } from "./pages/People";
import { Planner } from "./pages/Planner";
import { Ratings } from "./pages/Ratings";
import { Reports } from "./pages/Reports";
import { SignIn } from "../../shared/staff/SignIn";
import { Wall } from "./pages/Wall";
import { Work } from "./pages/Work";

const PAGES = [
  { path: "", text: "对话", may: "handoff:help" },
  { path: "counter", text: "窗口接续", may: "handoff:help" },
  { path: "board", text: "看板", may: "handoff:supervise" },
  { path: "reports", text: "报表", may: "handoff:supervise" },
  { path: "ratings", text: "好差评", may: "handoff:supervise" },
  { path: "planner", text: "排班测算", may: "handoff:supervise" },
  { path: "people", text: "人员与班次", may: "handoff:supervise" },
  { path: "canned", text: "常用语", may: "handoff:supervise" },
  { path: "wall", text: "大屏", may: "handoff:supervise" },
] as const;

const here = () => location.pathname.replace(/^\/desk\/?/, "");

export function App() {
  const session = useSyncExternalStore(onSession, currentSession);
  useEffect(() => {
    ask<StaffSession>("/api/staff/session").then(setSession, () => setSession(null));
  }, []);
  if (session === undefined) return <p className="boot">正在打开…</p>;
  if (session === null) return <SignIn title="小申帮办台" lead="接待市民、看办件、用小申的建议回复。" examplesOf={/^(clerk|quality)/} />;
  return <Frame key={session.account} session={session} />;
}

function Frame({ session }: { session: StaffSession }) {
  const pages = PAGES.filter((page) => session.actions.includes(page.may));
  const [path, setPath] = useState(here);
  useEffect(() => {
    const follow = () => setPath(here());
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, []);
  const go = (event: MouseEvent, to: string) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    history.pushState(null, "", `/desk${to ? `/${to}` : ""}`);
    setPath(to);
  };
  const page = pages.find((one) => one.path === path) ?? pages[0];
  const signOut = () => void ask("/api/staff/session", { method: "DELETE" }).finally(() => setSession(null));
  if (!page) return <NotForYou name={session.name} onSignOut={signOut} />;
  if (page.path === "wall") return <Wall />;
  return (
    <div className="frame">
      <header className="top">
        <strong className="brand">小申帮办台</strong>
        <nav aria-label="帮办台">
          {pages.map((one) => (
            <a
              key={one.path}
              href={`/desk${one.path ? `/${one.path}` : ""}`}
              aria-current={one === page ? "page" : undefined}
              onClick={(event) => go(event, one.path)}
            >
              {one.text}
            </a>
          ))}
        </nav>
        <span className="who">
          <span className="who-name">{session.name}</span>
          <Button size="small" onClick={signOut}>
            退出
          </Button>
        </span>
      </header>
      {page.path === "" && <Work />}
      {page.path === "counter" && <Counter />}
      {page.path === "canned" && <Canned />}
      {page.path === "board" && <Board />}
      {page.path === "reports" && <Reports />}
      {page.path === "planner" && <Planner />}
      {page.path === "people" && <People />}
      {page.path === "ratings" && <Ratings me={session.account} />}
    </div>
  );
}

function NotForYou({ name, onSignOut }: { name: string; onSignOut: () => void }) {
  return (
    <main className="boot">
      <p>{name}的账号没有帮办权限，请换帮办人员的账号登录。</p>
      <p>
        <Button onClick={onSignOut}>换账号</Button>
      </p>
    </main>
  );
}
