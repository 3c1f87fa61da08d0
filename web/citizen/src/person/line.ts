/** What is known of the conversation with a person, frame by frame. Pure: a frame that comes twice changes nothing. */
import type { HandoffFrames, HandoffLine, HandoffView } from "../../../shared/api";

export type Frame = HandoffFrames["sent"];

/** Something the citizen said that the server has not acknowledged yet. */
export interface Unsent {
  clientId: string;
  text: string;
  file?: string | undefined;
}

export interface Talk {
  ticket: HandoffView | null;
  lines: HandoffLine[];
  unsent: Unsent[];
  typing: boolean;
}

export const NOTHING: Talk = { ticket: null, lines: [], unsent: [], typing: false };

/** The talk after one more frame. */
export function told(talk: Talk, frame: Frame): Talk {
  switch (frame.type) {
    case "line":
      if (talk.lines.some((line) => line.seq === frame.seq)) return talk;
      return {
        ...talk,
        lines: [...talk.lines, frame].sort((a, b) => a.seq - b.seq),
        unsent: talk.unsent.filter((one) => one.clientId !== frame.client_id),
        typing: frame.side === "clerk" ? false : talk.typing,
      };
    case "state":
      return { ...talk, ticket: frame };
    case "said":
      return talk;
    case "typing":
      return { ...talk, typing: frame.side === "clerk" };
    default:
      return talk;
  }
}

/** The number after which the server has to go on. */
export function seen(talk: Talk): number {
  return talk.lines.at(-1)?.seq ?? 0;
}

/** The lines that are shown: what people said, and what is news to the citizen. */
export function shown(talk: Talk): HandoffLine[] {
  return talk.lines.filter((line) => line.text !== null || line.file !== null);
}
