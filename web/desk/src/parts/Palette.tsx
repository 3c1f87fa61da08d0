/** The command palette: everything that can be done, found by typing. */
import { Input, Modal } from "antd";
import { useState } from "react";

export interface Command {
  key: string;
  text: string;
  run: () => void;
}

export function Palette({ commands, onClose }: { commands: Command[]; onClose: () => void }) {
  const [wanted, setWanted] = useState("");
  const [at, setAt] = useState(0);
  const found = commands.filter((one) => one.text.includes(wanted.trim()));
  const run = (one: Command | undefined) => {
    if (!one) return;
    onClose();
    one.run();
  };
  return (
    <Modal open footer={null} closable={false} onCancel={onClose} title="想做什么" destroyOnHidden>
      <Input
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="commands"
        aria-activedescendant={found[at] ? `command-${String(at)}` : undefined}
        aria-label="命令"
        placeholder="输入几个字，例如：结束、转给、常用语"
        value={wanted}
        onChange={(event) => {
          setWanted(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") setAt((n) => Math.min(n + 1, found.length - 1));
          else if (event.key === "ArrowUp") setAt((n) => Math.max(n - 1, 0));
          else if (event.key === "Enter" && !event.nativeEvent.isComposing) run(found[at]);
          else return;
          event.preventDefault();
        }}
      />
      <ul className="commands" id="commands" role="listbox" aria-label="命令">
        {found.map((one, n) => (
          <li key={one.text} id={`command-${String(n)}`} role="option" aria-selected={n === at} onClick={() => run(one)}>
            {one.text} {one.key && <kbd>{one.key}</kbd>}
          </li>
        ))}
        {found.length === 0 && <li className="quiet">没有这个命令</li>}
      </ul>
    </Modal>
  );
}
