/** The command palette: everything that can be done, found by typing. */
import { Modal } from "antd";

import { FoundByTyping } from "./FoundByTyping";

export interface Command {
  key: string;
  text: string;
  run: () => void;
}

export function Palette({ commands, onClose }: { commands: Command[]; onClose: () => void }) {
  return (
    <Modal open footer={null} closable={false} onCancel={onClose} title="想做什么" destroyOnHidden>
      <FoundByTyping
        id="commands"
        label="命令"
        listed="命令"
        placeholder="输入几个字，例如：结束、转给、常用语"
        nothing="没有这个命令"
        choices={commands}
        keyOf={(one) => one.text}
        searched={(one) => one.text}
        shown={(one) => (
          <>
            {one.text} {one.key && <kbd>{one.key}</kbd>}
          </>
        )}
        onChoose={(one) => {
          onClose();
          one.run();
        }}
      />
    </Modal>
  );
}
