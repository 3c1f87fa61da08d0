/** All keys of the desk, in the order of a conversation. */
import { Modal } from "antd";

export const KEYS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  ["队列", [["J / K", "往下、往上选"], ["A 或 Enter", "接起选中的"], ["N", "接下一位"], ["O", "重新接上刚结束的"], ["W", "窗口接续"]]],
  ["建议", [["S", "发送"], ["E", "改一改再发"], ["X 然后 1–8", "不用，选原因"], ["Y", "为什么：看依据，←→ 换一条"]]],
  ["回复", [["R", "写回复"], ["/", "常用语"], ["U", "发图片或PDF"], ["Enter", "发送"], ["Shift+Enter", "换行"], ["Esc", "离开输入框"]]],
  ["一起办", [["F", "请市民一起填表；已同意时到表里"], ["I", "请同事加入"], ["L", "离开（受邀加入时）"], ["T", "转给别人"]]],
  ["电话", [["C", "请市民约个时间接电话"], ["G", "电话打通了"], ["B", "没打通，稍后再打"]]],
  ["收尾", [[".", "结束对话"], ["P", "打开侧栏（窄屏）"], ["Ctrl+K", "所有命令"], ["?", "这张表"]]],
];

export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Modal open footer={null} onCancel={onClose} title="快捷键" width={720} destroyOnHidden>
      <div className="key-help">
        {KEYS.map(([title, keys]) => (
          <section key={title}>
            <h2>{title}</h2>
            <dl>
              {keys.map(([key, what]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
