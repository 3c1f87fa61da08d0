/** Canned answers, found by typing after `/`; what is over is not in the list. */
import { Modal } from "antd";

import type { WireCanned } from "../../../shared/api";
import { FoundByTyping } from "./FoundByTyping";

interface Props {
  canned: WireCanned[];
  onPick: (one: WireCanned) => void;
  onClose: () => void;
}

export function CannedPicker({ canned, onPick, onClose }: Props) {
  return (
    <Modal open footer={null} closable={false} onCancel={onClose} title="常用语" destroyOnHidden>
      <FoundByTyping
        id="canned"
        label="找常用语"
        listed="常用语"
        placeholder="输入几个字，上下选，Enter 放进回复"
        nothing="没有合适的常用语"
        choices={canned}
        keyOf={(one) => one.id}
        searched={(one) => `${one.title}\n${one.text}`}
        shown={(one) => (
          <>
            {one.title} <span className="quiet">有效至 {one.expires_on}</span>
          </>
        )}
        onChoose={(one) => {
          onClose();
          onPick(one);
        }}
        more={(one) => <p className="canned-text">{one.text}</p>}
      />
    </Modal>
  );
}
