/** A dialog before a step that matters: its effect in numbers, a reason for the log, and a button that says what it does. */
import { Button, Input, Modal } from "antd";
import { useId, useState, type ReactNode } from "react";

import { Failure } from "../../../shared/staff/Failure";

interface Props {
  title: string;
  effect: ReactNode;
  button: string;
  danger?: boolean;
  onCancel: () => void;
  onDo: (why: string) => Promise<void>;
}

const layers = () => document.getElementById("layers") ?? document.body;

export function Ask({ title, effect, button, danger = false, onCancel, onDo }: Props) {
  const [why, setWhy] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const reason = useId();
  const ready = why.trim().length >= 2;
  const act = () => {
    setBusy(true);
    setFailure(undefined);
    onDo(why.trim()).catch((failed: unknown) => {
      setFailure(failed);
      setBusy(false);
    });
  };
  return (
    <Modal
      open
      title={title}
      onCancel={onCancel}
      getContainer={layers}
      closable={{ "aria-label": "关闭" }}
      footer={[
        <Button key="no" onClick={onCancel}>
          先不做
        </Button>,
        <Button key="yes" type="primary" danger={danger} disabled={!ready} loading={busy} onClick={act}>
          {button}
        </Button>,
      ]}
    >
      <div className="effect">{effect}</div>
      <label className="field" htmlFor={reason}>
        <span>原因（会记入日志）</span>
        <Input.TextArea
          id={reason}
          value={why}
          onChange={(event) => setWhy(event.target.value)}
          rows={2}
          maxLength={500}
          placeholder="例如：依据沪府办发〔2026〕6号更新"
        />
      </label>
      <Failure failure={failure} />
    </Modal>
  );
}
