/** What a desk shows: one value, changed as a whole. */
import type { DeskQueue, HandoffLine, SharedForm, SidePanel, TicketStory, WireContact } from "../../shared/api";

export interface DeskView {
  queue: DeskQueue | null;
  /** Server's clock minus ours, in milliseconds. */
  skew: number;
  open: string | null;
  story: TicketStory | null;
  lines: HandoffLine[];
  panel: SidePanel | null;
  /** A newer panel that waits until nobody types. */
  held: SidePanel | null;
  citizenTypes: boolean;
  /** The form that the citizen fills together with this desk. */
  form: SharedForm | null;
  /** How to reach the citizen, where this is a call. */
  contact: WireContact | null;
  /** Name of the file that is on its way. */
  sending: string | null;
  broken: boolean;
  failure: string | null;
}

export const NOTHING = { open: null, story: null, lines: [], panel: null, held: null, citizenTypes: false, form: null, contact: null, sending: null } as const;
export const isLive = (story: TicketStory | null) => story?.ticket.state === "accepted" || story?.ticket.state === "talking";
