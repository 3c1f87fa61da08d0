/** The head of a conversation: what it is about, who is in it, and what can be done with it. */
import { Button } from "antd";

import type { TicketStory, WireClerk } from "../../../shared/api";

interface Props {
  story: TicketStory;
  me: string;
  colleagues: WireClerk[];
  live: boolean;
  wide: boolean;
  news: boolean;
  shared: boolean;
  onBack: () => void;
  onSide: () => void;
  onForm: () => void;
  onInvite: () => void;
  onTransfer: () => void;
  onCall: () => void;
  onLeave: () => void;
  onEnd: () => void;
  onReopen: () => void;
}

export function TalkHead(props: Props) {
  const { story, me, colleagues, live } = props;
  const ticket = story.ticket;
  const owner = ticket.clerk === me;
  const names = ticket.helpers.filter((one) => one !== me).map((one) => colleagues.find((who) => who.id === one)?.name ?? one);
  return (
    <header className="talk-head">
      <Button className="back" size="small" onClick={props.onBack}>
        队列
      </Button>
      <h1>
        {ticket.item?.name ?? ticket.reason_text}
        {names.length > 0 && <small className="quiet"> 和{names.join("、")}一起接待</small>}
        {live && !owner && <small className="quiet"> 受{ticket.clerk_name ?? "同事"}邀请加入</small>}
      </h1>
      {!props.wide && (
        <Button size="small" type="primary" ghost onClick={props.onSide}>
          侧栏{props.news ? " •" : ""}
        </Button>
      )}
      {live && owner && (
        <>
          <Button size="small" onClick={props.onForm}>
            {props.shared ? "正在一起填表" : "一起填表"}
            <kbd>F</kbd>
          </Button>
          <Button size="small" onClick={props.onInvite}>
            请人加入<kbd>I</kbd>
          </Button>
          <Button size="small" onClick={props.onTransfer}>
            转接<kbd>T</kbd>
          </Button>
          {!ticket.is_call && (
            <Button size="small" onClick={props.onCall}>
              约回电<kbd>C</kbd>
            </Button>
          )}
          <Button size="small" onClick={props.onEnd}>
            结束<kbd>.</kbd>
          </Button>
        </>
      )}
      {live && !owner && (
        <Button size="small" onClick={props.onLeave}>
          离开<kbd>L</kbd>
        </Button>
      )}
      {ticket.state === "ended" && owner && (
        <Button size="small" onClick={props.onReopen}>
          重新接上<kbd>O</kbd>
        </Button>
      )}
    </header>
  );
}
