/** What a citizen asked becomes an evaluation case, or a proposed way of asking. */
import { App as Feedback, Input, Modal, Radio } from "antd";
import { useId, useState } from "react";

import type { CaseLine, WorkLine } from "../../../shared/api";
import { ask } from "../../../shared/staff/server";
import { Failure } from "../../../shared/staff/Failure";

export type Lesson = "case" | "way";

const layers = () => document.getElementById("layers") ?? document.body;
const linesOf = (text: string) => text.split("\n").map((line) => line.trim()).filter(Boolean);

export function Learn({ line, lesson, onClose }: { line: WorkLine; lesson: Lesson; onClose: () => void }) {
  const { message } = Feedback.useApp();
  const source = line.places[0]?.source ?? "";
  const [written, setWritten] = useState({
    query: line.places[0]?.text ?? line.title,
    item: source.startsWith("items/") ? source.slice("items/".length) : "",
    facts: "",
    forbidden: "",
    citations: source.startsWith("items/") ? source : "",
    answerable: true,
    note: "",
  });
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const id = useId();
  const isCase = lesson === "case";
  const ready = isCase ? !written.answerable || linesOf(written.facts).length > 0 : written.query.trim().length > 1;
  const save = () => {
    setBusy(true);
    const body = isCase
      ? {
          answerable: written.answerable,
          facts: written.answerable ? linesOf(written.facts) : [],
          forbidden: linesOf(written.forbidden),
          citations: linesOf(written.citations),
          note: written.note,
        }
      : { query: written.query.trim(), item: written.item.trim() || null, note: written.note };
    ask<CaseLine>(`/api/console/work/items/${line.id}/${lesson}`, { method: "POST", body }).then(
      () => {
        void message.success(isCase ? "已存为评测样例" : "已加到待审的问法里");
        onClose();
      },
      (failed: unknown) => {
        setFailure(failed);
        setBusy(false);
      },
    );
  };
  const field = (name: "query" | "item" | "facts" | "forbidden" | "citations" | "note", label: string, rows = 1) => (
    <label className="field" htmlFor={id + name}>
      <span>{label}</span>
      <Input.TextArea
        id={id + name}
        value={written[name]}
        rows={rows}
        onChange={(event) => setWritten({ ...written, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <Modal
      open
      title={isCase ? "存为评测样例" : "加为问法"}
      onCancel={onClose}
      getContainer={layers}
      closable={{ "aria-label": "关闭" }}
      okText={isCase ? "存为样例" : "加为问法"}
      cancelText="先不"
      okButtonProps={{ disabled: !ready, loading: busy }}
      onOk={save}
    >
      {isCase ? (
        <>
          <p className="words">{written.query}</p>
          <Radio.Group
            aria-label="能不能回答"
            value={written.answerable}
            onChange={(event) => setWritten({ ...written, answerable: event.target.value as boolean })}
            options={[
              { value: true, label: "应该能答" },
              { value: false, label: "应该说不知道" },
            ]}
          />
          {written.answerable && field("facts", "正确的回答必须说到的，一行一条", 3)}
          {field("forbidden", "不能出现的，一行一条（可不填）", 2)}
          {field("citations", "应当引用的来源，如 items/dog_reg（可不填）")}
        </>
      ) : (
        <>
          {field("query", "问法（已隐去个人信息，可以再改）", 2)}
          {field("item", "说的是哪个事项（事项代码；不属于任何事项就留空）")}
          <p className="quiet">这条问法导出后放进 corpus/asking，训练后识别才会学到。</p>
        </>
      )}
      {field("note", "备注（可不填）")}
      <Failure failure={failure} />
    </Modal>
  );
}
