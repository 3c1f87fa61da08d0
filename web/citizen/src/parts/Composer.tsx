/** Where a person writes or speaks. Enter sends, Shift+Enter breaks the line; a running answer brings a stop button.
 *
 * Not Ant Design X's Sender: its text area measures itself with inline styles, which our content policy forbids.
 */
import { Button } from "antd";
import { useId, useState, type KeyboardEvent, type ReactNode, type Ref } from "react";

import { personWords } from "../person/words";
import { useSettings } from "../settings";
import { canListen, useListening } from "../speech";
import { Icon } from "./Icon";

export const MAX_CHARS = 2000;

interface Props {
  busy: boolean;
  inputRef: Ref<HTMLTextAreaElement>;
  onSend: (text: string) => void;
  onStop: () => void;
  /** A person reads what is written here, not Xiao Shen. */
  person?: boolean;
  onType?: () => void;
  /** What stands beside the label. */
  foot?: ReactNode;
}

export function Composer({ busy, inputRef, onSend, onStop, person = false, onType, foot }: Props) {
  const { words, language, mode } = useSettings();
  const [text, setText] = useState("");
  const hint = useId();
  const tooLong = text.length > MAX_CHARS;
  const { listening, toggle } = useListening(language === "en" ? "en-US" : "zh-CN", (said) =>
    setText((before) => before + said),
  );
  const send = () => {
    const wanted = text.trim();
    if (!wanted || tooLong || busy) return;
    onSend(wanted);
    setText("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter picks a word.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <footer className="composer">
      <form
        className="composer-in"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p id={hint} className="hint" role="alert">
          {tooLong ? words.tooLong(MAX_CHARS) : ""}
        </p>
        <div className="composer-box">
          <textarea
            id="question"
            ref={inputRef}
            rows={1}
            value={text}
            placeholder={listening ? words.listening : person ? personWords[language].placeholder : mode === "elder" ? words.placeholderShort : words.placeholder}
            aria-label={words.inputLabel}
            aria-invalid={tooLong}
            aria-describedby={hint}
            onChange={(event) => {
              setText(event.target.value);
              onType?.();
            }}
            onKeyDown={onKeyDown}
          />
          {canListen && (
            <Button
              className="speak"
              type={listening ? "primary" : "text"}
              aria-pressed={listening}
              icon={<Icon name="mic" />}
              aria-label={words.speak}
              onClick={toggle}
            >
              {mode === "elder" ? words.speakShort : null}
            </Button>
          )}
          {busy ? (
            <Button className="stop" icon={<Icon name="stop" />} onClick={onStop}>
              {words.stop}
            </Button>
          ) : (
            <Button
              className="send"
              type="primary"
              htmlType="submit"
              icon={<Icon name="send" />}
              aria-label={words.send}
              disabled={!text.trim() || tooLong}
            />
          )}
        </div>
        <div className="composer-foot">
          <p className="label">{person ? personWords[language].silent : words.label}</p>
          {foot}
          {mode === "elder" && (
            <Button className="call" href="tel:12345" icon={<Icon name="phone" />}>
              {words.call12345}
            </Button>
          )}
        </div>
      </form>
    </footer>
  );
}
