/** Handing a conversation on, or asking a colleague in: found by typing, chosen by keyboard. */
import { Input, Modal } from "antd";
import { useState } from "react";

import type { WireClerk } from "../../../shared/api";
import { DUTIES } from "../words";
import { FoundByTyping } from "./FoundByTyping";

export type Handing = "transfer" | "invite";

interface Props {
  what: Handing;
  colleagues: WireClerk[];
  department: string | null;
  onTransfer: (to: { clerk?: string; department?: string; note: string }) => void;
  onInvite: (clerk: string) => void;
  onClose: () => void;
}

interface Choice {
  id: string;
  text: string;
  state: string;
  to: { clerk?: string; department?: string };
}

export function HandOn({ what, colleagues, department, onTransfer, onInvite, onClose }: Props) {
  const [note, setNote] = useState("");
  const free: Choice[] = what === "transfer" ? [{ id: "anybody", text: "谁有空谁接", state: "按技能分派", to: {} }] : [];
  const same: Choice[] =
    what === "transfer" && department ? [{ id: "department", text: `转给${department}`, state: "按部门分派", to: { department } }] : [];
  const people: Choice[] = colleagues
    .filter((one) => one.is_there)
    .map((one) => ({
      id: one.id,
      text: one.name,
      state: `${one.team ? `${one.team} · ` : ""}${DUTIES[one.duty] ?? one.duty} ${String(one.load)}/${String(one.skills.capacity)}`,
      to: { clerk: one.id },
    }));
  const choose = (one: Choice) => {
    onClose();
    if (what === "transfer") onTransfer({ ...one.to, note: note.trim() });
    else if (one.to.clerk) onInvite(one.to.clerk);
  };
  return (
    <Modal open footer={null} onCancel={onClose} title={what === "transfer" ? "转给谁" : "请谁一起接待"} destroyOnHidden>
      <p className="quiet">
        {what === "transfer"
          ? "前面说的、办件和备注都会一起转过去，市民会被告知；他已同意的一起填表要重新问。"
          : "同事加入后，市民会看到他的名字，两个人都能说话；同事可以随时离开。"}
      </p>
      {what === "transfer" && (
        <Input aria-label="给下一位的话" placeholder="给下一位的话（市民看不到）" maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      )}
      <FoundByTyping
        id="colleagues"
        label="找同事"
        listed="同事"
        placeholder="输入名字，上下选，Enter 确定"
        nothing="没有在岗的同事符合"
        choices={[...free, ...same, ...people]}
        keyOf={(one) => one.id}
        searched={(one) => one.text}
        shown={(one) => (
          <>
            {one.text} <span className="quiet">{one.state}</span>
          </>
        )}
        onChoose={choose}
      />
    </Modal>
  );
}
