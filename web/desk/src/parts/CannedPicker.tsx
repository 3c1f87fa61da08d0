/** Canned answers, found by typing after `/`; what is over is not in the list. */
import { Input, Modal } from "antd";
import { useState } from "react";

import type { WireCanned } from "../../../shared/api";

interface Props {
  canned: WireCanned[];
  onPick: (one: WireCanned) => void;
  onClose: () => void;
}

export function CannedPicker({ canned, onPick, onClose }: Props) {
  const [wanted, setWanted] = useState("");
  const [at, setAt] = useState(0);
  const word = wanted.trim();
  const found = canned.filter((one) => one.title.includes(word) || one.text.includes(word));
  const shown = found[at];
  const pick = (one: WireCanned | undefined) => {
    if (!one) return;
    onClose();
    onPick(one);
  };
  return (
    <Modal open footer={null} closable={false} onCancel={onClose} title="常用语" destroyOnHidden>
      <Input
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="canned"
        aria-activedescendant={shown ? `canned-${String(at)}` : undefined}
        aria-label="找常用语"
        placeholder="输入几个字，上下选，Enter 放进回复"
        value={wanted}
        onChange={(event) => {
          setWanted(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") setAt((n) => Math.min(n + 1, found.length - 1));
          else if (event.key === "ArrowUp") setAt((n) => Math.max(n - 1, 0));
          else if (event.key === "Enter" && !event.nativeEvent.isComposing) pick(shown);
          else return;
          event.preventDefault();
        }}
      />
      <ul className="commands" id="canned" role="listbox" aria-label="常用语">
        {found.map((one, n) => (
          <li key={one.id} id={`canned-${String(n)}`} role="option" aria-selected={n === at} onClick={() => pick(one)}>
            {one.title} <span className="quiet">有效至 {one.expires_on}</span>
          </li>
        ))}
        {found.length === 0 && <li className="quiet">没有合适的常用语</li>}
      </ul>
      {shown && <p className="canned-text">{shown.text}</p>}
    </Modal>
  );
}
