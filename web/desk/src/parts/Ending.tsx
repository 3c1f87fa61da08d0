/** How a conversation ends: chosen by 1 to 3, with a word for colleagues. */
import { Button, Input, Modal } from "antd";
import { useState } from "react";

export type Outcome = "solved" | "signposted" | "unsolved";
export const ENDINGS: readonly { outcome: Outcome; text: string }[] = [
  { outcome: "solved", text: "已解决" },
  { outcome: "signposted", text: "已指路" },
  { outcome: "unsolved", text: "没解决" },
];

export function Ending({ onEnd, onClose }: { onEnd: (outcome: Outcome, note: string) => void; onClose: () => void }) {
  const [note, setNote] = useState("");
  return (
    <Modal open title="怎样结束" footer={null} onCancel={onClose} destroyOnHidden>
      <div
        className="row"
        onKeyDown={(event) => {
          const one = ENDINGS[Number(event.key) - 1];
          if (one) onEnd(one.outcome, note.trim());
        }}
      >
        {ENDINGS.map((one, n) => (
          <Button key={one.outcome} type={n === 0 ? "primary" : "default"} autoFocus={n === 0} onClick={() => onEnd(one.outcome, note.trim())}>
            {one.text}
            <kbd>{n + 1}</kbd>
          </Button>
        ))}
      </div>
      <p>
        <Input aria-label="给同事的话" placeholder="给同事的话（市民看不到，可不写）" maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      </p>
      <p className="quiet">结束后半小时内，按 O 可以重新接上；市民也可以自己重新接上。</p>
    </Modal>
  );
}
