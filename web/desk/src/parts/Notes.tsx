/** Notes beside a conversation, for colleagues. */
import { Input } from "antd";
import { useState } from "react";

import type { SidePanel } from "../../../shared/api";
import { Part } from "./Part";

export function Notes({ panel, onNote }: { panel: SidePanel; onNote: (text: string) => Promise<boolean> }) {
  const [text, setText] = useState("");
  const keep = () => {
    const note = text.trim();
    if (!note) return;
    setText("");
    void onNote(note).then((kept) => {
      if (!kept) setText((newer) => newer || note);
    });
  };
  return (
    <Part title="备注（只给同事看，不影响建议）">
      <ul className="notes">
        {panel.notes.map((one) => (
          <li key={one.at}>{one.text}</li>
        ))}
      </ul>
      <Input aria-label="写备注" placeholder="写一条备注，Enter 保存" value={text} maxLength={500} onChange={(e) => setText(e.target.value)} onPressEnter={keep} />
    </Part>
  );
}
