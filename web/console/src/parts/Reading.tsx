/** The original beside the passages that were read from it; choosing one shows its place in the other. */
import { App as Feedback, Button, Input, Segmented } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";

import type { OriginalTextSheet, PassageLine, Saved, VersionSheet } from "../../../shared/api";
import { PagePicture } from "../../../shared/PagePicture";
import { useLoaded } from "../../../shared/staff/loading";
import { ask, currentSession, onSession } from "../../../shared/staff/server";
import { usePlace } from "../place";
import { Failure } from "../../../shared/staff/Failure";
import { placeKey, segments, type Pending } from "./passages";
import { Passages } from "./Passages";

interface Props {
  version: VersionSheet;
  onUnsaved: (unsaved: boolean) => void;
  onSaved: (version: string) => void;
}

export function Reading({ version, onUnsaved, onSaved }: Props) {
  const { query } = usePlace();
  const session = useSyncExternalStore(onSession, currentSession);
  const [chosen, setChosen] = useState<string | null>(() => keyOf(version.passages, query.get("passage")));
  const [pending, setPending] = useState<Pending>(new Map());
  const [view, setView] = useState<"text" | "original">("text");
  const editable = version.newest && version.state !== "withdrawn" && (session?.actions.includes("knowledge:edit") ?? false);
  const change = (next: Pending) => {
    setPending(next);
    onUnsaved(next.size > 0);
  };
  useLeaveWarning(pending.size > 0);
  return (
    <>
      {pending.size > 0 && (
        <SaveBar
          version={version}
          pending={pending}
          onDrop={() => change(new Map())}
          onSaved={(saved) => {
            change(new Map());
            onSaved(saved);
          }}
        />
      )}
      <div className="beside">
        <section className="original" aria-label="原文">
          <div className="pane-head">
            <h2>原文</h2>
            {version.shown_as !== "none" && version.shown_as !== "text" && (
              <Segmented
                size="small"
                value={view}
                onChange={(wanted: "text" | "original") => setView(wanted)}
                options={[
                  { value: "text", label: "文字" },
                  { value: "original", label: "原样" },
                ]}
              />
            )}
          </div>
          {view === "text" ? (
            <OriginalText version={version} chosen={chosen} onChoose={setChosen} />
          ) : (
            <OriginalItself version={version} chosen={version.passages.find((passage) => placeKey(passage) === chosen)} />
          )}
        </section>
        <section className="passages" aria-label="段落">
          <div className="pane-head">
            <h2>读出的段落</h2>
            <span className="quiet">{version.passages.length} 段</span>
          </div>
          <Passages
            passages={version.passages}
            chosen={chosen}
            pending={pending}
            editable={editable}
            onChoose={setChosen}
            onChange={change}
          />
        </section>
      </div>
    </>
  );
}

function keyOf(passages: PassageLine[], id: string | null): string | null {
  const found = passages.find((passage) => passage.id === id);
  return found ? placeKey(found) : null;
}

function useLeaveWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [unsaved]);
}

function OriginalText({ version, chosen, onChoose }: { version: VersionSheet; chosen: string | null; onChoose: (key: string) => void }) {
  const { data, failure, reload } = useLoaded(`text ${version.version}`, (signal) =>
    ask<OriginalTextSheet>(`/api/console/versions/${version.version}/text`, { signal }),
  );
  const box = useRef<HTMLDivElement>(null);
  const parts = useMemo(() => segments(data?.text ?? "", version.passages), [data, version.passages]);
  const bring = useCallback(() => {
    const shown = box.current?.querySelector(".is-chosen");
    if (!shown || !box.current) return;
    const top = shown.getBoundingClientRect().top - box.current.getBoundingClientRect().top;
    box.current.scrollTo({ top: box.current.scrollTop + top - 60 });
  }, []);
  useEffect(bring, [bring, chosen, parts]);
  if (!data) return failure ? <Failure failure={failure} onRetry={reload} /> : <p className="quiet">正在读取原文…</p>;
  if (data.reason) return <p className="note">{data.reason}</p>;
  return (
    <div className="text" ref={box} tabIndex={0} role="group" aria-label="原文文字">
      {parts.map((part, n) =>
        part.key === null ? (
          <span key={n}>{part.text}</span>
        ) : (
          <span
            key={n}
            className={part.key === chosen ? "seg is-chosen" : "seg"}
            onClick={() => {
              if (part.key) onChoose(part.key);
            }}
          >
            {part.text}
          </span>
        ),
      )}
      {data.cut && <p className="note">原文很长，这里只显示了前面的部分。</p>}
    </div>
  );
}

function OriginalItself({ version, chosen }: { version: VersionSheet; chosen: PassageLine | undefined }) {
  if (chosen && chosen.places.length > 0)
    return (
      <div className="itself" key={placeKey(chosen)}>
        {chosen.places.map((place) => (
          <PagePicture
            key={place.page}
            pages={`/api/console/versions/${version.version}/pages/`}
            place={place}
            label={`原文第${place.page}页，选中的段落已标出`}
          />
        ))}
      </div>
    );
  const address = `/api/console/versions/${version.version}/original`;
  if (version.shown_as === "image") return <img className="itself" src={address} alt={`${version.title}（原图）`} />;
  // HTML gets a sandbox of its own as well; the browser's PDF viewer does not start in one.
  const still = version.shown_as === "html" ? { sandbox: "" } : {};
  return <iframe className="itself" src={address} title={`${version.title}（原样）`} {...still} />;
}

interface SaveBarProps {
  version: VersionSheet;
  pending: Pending;
  onDrop: () => void;
  onSaved: (version: string) => void;
}

function SaveBar({ version, pending, onDrop, onSaved }: SaveBarProps) {
  const { message } = Feedback.useApp();
  const [why, setWhy] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const disabled = [...pending.values()].filter((text) => text === null).length;
  const save = () => {
    setBusy(true);
    setFailure(undefined);
    const changes = [...pending].map(([key, text]) => {
      const [start = 0, end = 0] = key.split("-").map(Number);
      return { start, end, text };
    });
    ask<Saved>(`/api/console/versions/${version.version}/corrections`, {
      method: "POST",
      etag: version.etag,
      body: { changes, why: why.trim() },
    }).then(
      (saved) => {
        void message.success("已存为新草稿，等待另一位同事审核");
        onSaved(saved.version);
      },
      (failed: unknown) => {
        setFailure(failed);
        setBusy(false);
      },
    );
  };
  return (
    <section className="save-bar" aria-label="没有保存的修改">
      <strong>
        {[pending.size - disabled > 0 && `改了 ${pending.size - disabled} 段`, disabled > 0 && `停用 ${disabled} 段`]
          .filter(Boolean)
          .join("，")}
        ，还没保存
      </strong>
      <Input
        aria-label="修改原因"
        placeholder="为什么这样改（会记入日志）"
        value={why}
        maxLength={500}
        onChange={(event) => setWhy(event.target.value)}
      />
      <Button type="primary" loading={busy} disabled={why.trim().length < 2} onClick={save}>
        存为新草稿
      </Button>
      <Button onClick={onDrop}>放弃修改</Button>
      <Failure failure={failure} />
    </section>
  );
}
