/** The frame of the console: who is signed in, where one can go, and the page that the address names. */
import { Button } from "antd";
import { lazy, Suspense, useEffect, useSyncExternalStore, type MouseEvent } from "react";

import type { Action, StaffSession, WorkCount, WorkKind } from "../../shared/api";
import { useLoaded } from "../../shared/staff/loading";
import { SignIn } from "../../shared/staff/SignIn";
import { addressOf, go, usePlace } from "./place";
import { ask, currentSession, onSession, setSession } from "../../shared/staff/server";
import { WORK_KINDS } from "./words";

const Documents = lazy(() => import("./pages/Documents").then((m) => ({ default: m.Documents })));
const Document = lazy(() => import("./pages/Document").then((m) => ({ default: m.Document })));
const Uploads = lazy(() => import("./pages/Uploads").then((m) => ({ default: m.Uploads })));
const Search = lazy(() => import("./pages/Search").then((m) => ({ default: m.Search })));
const WorkList = lazy(() => import("./pages/WorkList").then((m) => ({ default: m.WorkList })));
const Items = lazy(() => import("./pages/Items").then((m) => ({ default: m.Items })));
const Operation = lazy(() => import("./pages/Operation").then((m) => ({ default: m.Operation })));
const Runs = lazy(() => import("./pages/Runs").then((m) => ({ default: m.Runs })));
const Audit = lazy(() => import("./pages/Audit").then((m) => ({ default: m.Audit })));
const Rules = lazy(() => import("./pages/Rules").then((m) => ({ default: m.Rules })));
const Rule = lazy(() => import("./pages/Rule").then((m) => ({ default: m.Rule })));
const Fewer = lazy(() => import("./pages/Fewer").then((m) => ({ default: m.Fewer })));
const Item = lazy(() => import("./pages/Item").then((m) => ({ default: m.Item })));

export function App() {
  const session = useSyncExternalStore(onSession, currentSession);
  useEffect(() => {
    ask<StaffSession>("/api/staff/session").then(setSession, () => setSession(null));
  }, []);
  if (session === undefined) return <p className="boot">正在打开…</p>;
  if (session === null) return <SignIn title="小申知识库" lead="上传文件、核对段落、审核发布。市民的回答只依据这里发布的内容。" examplesOf={/^(editor|reviewer|quality|operator)/} />;
  return <Frame key={session.account} session={session} />;
}

function Frame({ session }: { session: StaffSession }) {
  const place = usePlace();
  const counts = useLoaded("work counts", (signal) => ask<WorkCount[]>("/api/console/work", { signal }));
  const signOut = () => {
    void ask("/api/staff/session", { method: "DELETE" }).finally(() => setSession(null));
  };
  return (
    <div className="frame">
      <a className="skip" href="#main">
        跳到正文
      </a>
      <header className="top">
        <strong className="brand">小申知识库</strong>
        <span className="who">
          {session.name}
          <Button size="small" onClick={signOut}>
            退出
          </Button>
        </span>
      </header>
      <Navigation here={place.path.join("/")} counts={counts.data ?? []} may={new Set(session.actions)} />
      <main id="main" tabIndex={-1}>
        <Suspense fallback={<p className="quiet">正在打开…</p>}>
          <Page path={place.path} onWorkChanged={counts.reload} />
        </Suspense>
      </main>
    </div>
  );
}

function Page({ path, onWorkChanged }: { path: string[]; onWorkChanged: () => void }) {
  const [first, second] = path;
  if (first === "documents" && second) return <Document key={second} name={second} />;
  if (first === "uploads") return <Uploads />;
  if (first === "search") return <Search />;
  if (first === "runs") return <Runs />;
  if (first === "operation") return <Operation />;
  if (first === "audit") return <Audit />;
  if (first === "items") return second ? <Item key={second} slug={second} /> : <Items />;
  if (first === "rules") return second ? <Rule key={second} item={second} /> : <Rules />;
  if (first === "fewer") return <Fewer />;
  if (first === "work") {
    const kind = (Object.keys(WORK_KINDS) as (keyof typeof WORK_KINDS)[]).find((known) => known === second) ?? "due";
    return <WorkList key={kind} kind={kind} onChanged={onWorkChanged} />;
  }
  return <Documents />;
}

function Navigation({ here, counts, may }: { here: string; counts: WorkCount[]; may: ReadonlySet<Action> }) {
  const at = here || "documents";
  return (
    <nav className="nav" aria-label="知识库">
      <Place to={["documents"]} at={at} text="文件" />
      <Place to={["uploads"]} at={at} text="上传" />
      <Place to={["items"]} at={at} text="事项表" />
      <Place to={["rules"]} at={at} text="预审规则" />
      <span className="nav-group">要处理的</span>
      {(Object.keys(WORK_KINDS) as WorkKind[]).map((kind) => {
          const { waiting = 0, late = 0 } = counts.find((one) => one.kind === kind) ?? {};
          return <Place key={kind} to={["work", kind]} at={at} text={WORK_KINDS[kind].title} waiting={waiting} late={late} />;
        })}
      <span className="nav-group">检查</span>
      <Place to={["search"]} at={at} text="搜索测试" />
      {may.has("search:test") && <Place to={["runs"]} at={at} text="评测" />}
      {may.has("operation:watch") && <Place to={["operation"]} at={at} text="运行" />}
      {may.has("audit:read") && <Place to={["audit"]} at={at} text="审计" />}
    </nav>
  );
}

interface PlaceProps {
  to: string[];
  at: string;
  text: string;
  waiting?: number;
  late?: number;
}

function Place({ to, at, text, waiting = 0, late = 0 }: PlaceProps) {
  const address = addressOf(to);
  const current = at === to.join("/") || at.startsWith(`${to.join("/")}/`);
  return (
    <a href={address} aria-current={current ? "page" : undefined} onClick={(event) => follow(event, address)}>
      {text}
      {waiting > 0 && (
        <span className={late > 0 ? "badge is-late" : "badge"}>
          {waiting}
          <span className="sr-only">{late > 0 ? `条待处理，其中${late}条已过期` : "条待处理"}</span>
        </span>
      )}
    </a>
  );
}

/** A link of our own is followed in the page, unless somebody wants it in another tab. */
function follow(event: MouseEvent, address: string): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(address);
}
