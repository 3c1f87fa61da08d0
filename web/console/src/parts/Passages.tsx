/** The passages of a version: choosing, correcting and disabling them. */
import { Button, Input } from "antd";
import { memo, useEffect, useRef, useState, type KeyboardEvent } from "react";

import type { PassageLine } from "../../../shared/api";
import { place } from "../words";
import { placeKey, type Pending } from "./passages";
import { State } from "./State";

interface Props {
  passages: PassageLine[];
  chosen: string | null;
  pending: Pending;
  editable: boolean;
  onChoose: (key: string) => void;
  onChange: (pending: Pending) => void;
}

export function Passages({ passages, chosen, pending, editable, onChoose, onChange }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const [editing, setEditing] = useState<string | null>(null);
  useEffect(() => {
    const box = list.current;
    const shown = box?.querySelector(".is-chosen");
    if (!box || !shown) return;
    const [outer, inner] = [box.getBoundingClientRect(), shown.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom)
      box.scrollTo({ top: box.scrollTop + inner.top - outer.top - 60 });
  }, [chosen]);
  const move = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const target = event.target as HTMLElement;
    if (step === 0 || !target.classList.contains("passage-place")) return;
    event.preventDefault();
    const all = [...(list.current?.querySelectorAll<HTMLElement>(".passage-place") ?? [])];
    all[all.indexOf(target) + step]?.focus();
  };
  const set = (passage: PassageLine, text: string | null | undefined) => {
    const next = new Map(pending);
    if (text === undefined || text === passage.text) next.delete(placeKey(passage));
    else next.set(placeKey(passage), text);
    onChange(next);
    setEditing(null);
  };
  return (
    <ol className="passage-list" ref={list} onKeyDown={move}>
      {passages.map((passage) => {
        const key = placeKey(passage);
        return (
          <Row
            key={key}
            passage={passage}
            chosen={key === chosen}
            wanted={pending.get(key)}
            editable={editable}
            editing={editing === key}
            onChoose={() => onChoose(key)}
            onEdit={() => {
              onChoose(key);
              setEditing(key);
            }}
            onStop={() => setEditing(null)}
            onSet={(text) => set(passage, text)}
          />
        );
      })}
    </ol>
  );
}

interface RowProps {
  passage: PassageLine;
  chosen: boolean;
  wanted: string | null | undefined;
  editable: boolean;
  editing: boolean;
  onChoose: () => void;
  onEdit: () => void;
  onStop: () => void;
  /** undefined takes the change back. */
  onSet: (text: string | null | undefined) => void;
}

const Row = memo(function Row({ passage, chosen, wanted, editable, editing, onChoose, onEdit, onStop, onSet }: RowProps) {
  const text = wanted === undefined ? passage.text : wanted;
  const where = place(passage.heading, passage.clause) || "正文";
  const off = text === null;
  return (
    <li className={["passage", chosen && "is-chosen", off && "is-off"].filter(Boolean).join(" ")}>
      <div className="passage-head">
        <button type="button" className="passage-place" aria-pressed={chosen} onClick={onChoose} onFocus={onChoose}>
          {where}
        </button>
        {wanted !== undefined && <State text="未保存" tone="info" />}
        {off && <State text="停用" tone="danger" />}
        {passage.edited && wanted === undefined && <State text="改过" tone="warn" />}
        {passage.garbled && <State text="有乱码，数字不引用" tone="danger" />}
        {passage.suspicious && <State text="有指挥助手的话，只当文字" tone="danger" />}
      </div>
      {editing ? (
        <Editor passage={passage} start={text ?? passage.first ?? ""} onStop={onStop} onSet={onSet} />
      ) : (
        <p className="words" onClick={onChoose}>
          {text ?? passage.first}
        </p>
      )}
      {passage.edited && !editing && wanted === undefined && <p className="first">原来读出：{passage.first}</p>}
      {editable && !editing && (
        <div className="row">
          <Button size="small" onClick={onEdit}>
            修改
          </Button>
          {off ? (
            <Button size="small" onClick={() => onSet(passage.text ?? passage.first ?? undefined)}>
              恢复
            </Button>
          ) : (
            <Button size="small" onClick={() => onSet(null)}>
              停用
            </Button>
          )}
          {wanted !== undefined && (
            <Button size="small" type="text" onClick={() => onSet(undefined)}>
              还原
            </Button>
          )}
        </div>
      )}
    </li>
  );
});

function Editor({
  passage,
  start,
  onStop,
  onSet,
}: {
  passage: PassageLine;
  start: string;
  onStop: () => void;
  onSet: (text: string | undefined) => void;
}) {
  const [text, setText] = useState(start);
  return (
    <div className="editor">
      <Input.TextArea
        aria-label={`修改：${place(passage.heading, passage.clause) || "正文"}`}
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
        rows={3}
        maxLength={20_000}
      />
      <div className="row">
        <Button size="small" type="primary" disabled={!text.trim()} onClick={() => onSet(text)}>
          改好了
        </Button>
        <Button size="small" onClick={onStop}>
          不改了
        </Button>
      </div>
    </div>
  );
}
