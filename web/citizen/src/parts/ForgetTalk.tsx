/** Deletes the conversation for good, after saying what goes and what has to stay. */
import { Button } from "antd";
import { useState } from "react";

import { useSettings } from "../settings";

export function ForgetTalk({ onForget }: { onForget: () => Promise<boolean> }) {
  const { words } = useSettings();
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState(false);
  if (!asking)
    return (
      <Button type="link" size="small" className="forget" onClick={() => setAsking(true)}>
        {words.forgetTalk}
      </Button>
    );
  const forget = async () => {
    const gone = await onForget();
    setFailed(!gone);
    setAsking(!gone);
  };
  return (
    <div className="forget-sure" role="group" aria-label={words.forgetTalk}>
      <p>{words.forgetTalkSure}</p>
      {failed && (
        <p className="note is-error" role="alert">
          {words.forgetTalkFailed}
        </p>
      )}
      <Button danger autoFocus onClick={() => void forget()}>
        {words.forgetTalkYes}
      </Button>
      <Button onClick={() => setAsking(false)}>{words.forgetTalkNo}</Button>
    </div>
  );
}
