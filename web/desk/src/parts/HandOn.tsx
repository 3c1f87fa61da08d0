/** Handing a conversation on, or asking a colleague in: found by typing, chosen by keyboard. */
import { Input, Modal } from "antd";
import { useState } from "react";

import type { WireClerk } from "../../../shared/api";
import { DUTIES } from "../words";

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
  const [wanted, setWanted] = useState("");
  const [note, setNote] = useState("");
  const [at, setAt] = useState(0);
  const free = what === "transfer" ? [{ id: "anybody", text: "谁有空谁接", state: "按技能分派", to: {} }] : [];
  const same =
    what === "transfer" && department ? [{ id: "department", text: `转给${department}`, state: "按部门分派", to: { department } }] : [];
  const people: Choice[] = colleagues
    .filter((one) => one.is_there)
    .map((one) => ({
      id: one.id,
      text: one.name,
      state: `${one.team ? `${one.team} · ` : ""}${DUTIES[one.duty] ?? one.duty} ${String(one.load)}/${String(one.skills.capacity)}`,
      to: { clerk: one.id },
    }));
  const found = [...free, ...same, ...people].filter((one) => one.text.includes(wanted.trim()));
  const choose = (one: Choice | undefined) => {
    if (!one) return;
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
      <Input
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="colleagues"
        aria-activedescendant={found[at] ? `colleague-${String(at)}` : undefined}
        aria-label="找同事"
        placeholder="输入名字，上下选，Enter 确定"
        value={wanted}
        onChange={(event) => {
          setWanted(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") setAt((n) => Math.min(n + 1, found.length - 1));
          else if (event.key === "ArrowUp") setAt((n) => Math.max(n - 1, 0));
          else if (event.key === "Enter" && !event.nativeEvent.isComposing) choose(found[at]);
          else return;
          event.preventDefault();
        }}
      />
      <ul className="commands" id="colleagues" role="listbox" aria-label="同事">
        {found.map((one, n) => (
          <li key={one.id} id={`colleague-${String(n)}`} role="option" aria-selected={n === at} onClick={() => choose(one)}>
            {one.text} <span className="quiet">{one.state}</span>
          </li>
        ))}
        {found.length === 0 && <li className="quiet">没有在岗的同事符合</li>}
      </ul>
    </Modal>
  );
}
