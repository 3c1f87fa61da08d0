/** The open line of a desk: queue, the open conversation, its side panel. Socket first, asking again where none opens. */
import type { DeskQueue, DeskTicket, HandoffFrames, HandoffLine, SidePanel, TicketStory, WireSuggestion } from "../../shared/api";
import { ask, sentenceOf } from "../../shared/staff/server";

type Frame = HandoffFrames["sent"];
const PAUSES = [500, 1000, 2000, 4000, 8000];
const ASK_EVERY = 2500;
const TYPING_SHOWN = 4000;

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
  broken: boolean;
  failure: string | null;
}

const NOTHING = { open: null, story: null, lines: [], panel: null, held: null, citizenTypes: false } as const;
export const newId = () => crypto.randomUUID().replaceAll("-", "");

export class Desk {
  private view: DeskView = { ...NOTHING, lines: [], queue: null, skew: 0, broken: false, failure: null };
  private listeners = new Set<() => void>();
  private socket: WebSocket | null = null;
  private failures = 0;
  private timer = 0;
  private typingTimer = 0;
  private stopped = true;
  private typing = false;
  private typedAt = 0;
  private panelAsked = 0;

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = () => this.view;

  readonly start = () => {
    this.stopped = false;
    this.connect();
    void this.loadQueue();
    this.timer = window.setInterval(() => {
      if (this.socket?.readyState === WebSocket.OPEN) return;
      void ask("/api/desk/heartbeat", { method: "POST" }).catch(() => undefined);
      void this.loadQueue();
      if (this.view.open) void this.loadStory(this.view.open);
    }, ASK_EVERY);
    return () => {
      this.stopped = true;
      window.clearInterval(this.timer);
      this.socket?.close();
    };
  };

  readonly openTicket = async (ticket: string) => {
    if (this.view.open) this.watch(this.view.open, false);
    this.show({ ...NOTHING, lines: [], open: ticket });
    await this.loadStory(ticket);
  };

  readonly close = () => this.show({ ...NOTHING, lines: [] });

  readonly setDuty = (duty: "on" | "break" | "off") =>
    this.tried(async () => {
      await ask("/api/desk/duty", { method: "PUT", body: { duty } });
      await this.loadQueue();
    });

  readonly accept = (ticket: string) =>
    this.tried(async () => {
      await ask(`/api/desk/tickets/${ticket}/accept`, { method: "POST" });
      await this.loadQueue();
      await this.openTicket(ticket);
    });

  readonly next = () =>
    this.tried(async () => {
      const { ticket } = await ask<{ ticket: DeskTicket | null }>("/api/desk/next", { method: "POST" });
      await this.loadQueue();
      if (ticket) await this.openTicket(ticket.ticket);
    });

  readonly say = (text: string) => {
    const ticket = this.view.open;
    const body = { client_id: newId(), text };
    return this.tried(async () => {
      await ask(`/api/desk/tickets/${ticket ?? ""}/messages`, { method: "POST", body });
      if (ticket) await this.loadStory(ticket);
    });
  };

  /** Say a suggestion; whether it was edited is the server's to see. */
  readonly use = (one: WireSuggestion, text: string) => {
    const ticket = this.view.open;
    const body = { kind: one.kind, suggested: one.text, text, client_id: newId() };
    return this.tried(async () => {
      await ask(`/api/desk/tickets/${ticket ?? ""}/suggestions/${one.id}/use`, { method: "POST", body });
      if (ticket) await this.loadStory(ticket);
    });
  };

  readonly reject = (one: WireSuggestion, reason: string) =>
    this.tried(async () => {
      const path = `/api/desk/tickets/${this.view.open ?? ""}/suggestions/${one.id}/reject`;
      await ask(path, { method: "POST", body: { kind: one.kind, reason } });
      await this.loadPanel();
    });

  readonly note = (text: string) =>
    this.tried(async () => {
      await ask(`/api/desk/tickets/${this.view.open ?? ""}/notes`, { method: "POST", body: { text } });
      await this.loadPanel();
    });

  readonly end = (outcome: "solved" | "signposted" | "unsolved") =>
    this.tried(async () => {
      await ask(`/api/desk/tickets/${this.view.open ?? ""}/end`, { method: "POST", body: { outcome, note: "" } });
      this.close();
      await this.loadQueue();
    });

  readonly transfer = (to: { clerk?: string; department?: string }) =>
    this.tried(async () => {
      await ask(`/api/desk/tickets/${this.view.open ?? ""}/transfer`, { method: "POST", body: { ...to, note: "" } });
      this.close();
      await this.loadQueue();
    });

  readonly called = (reached: boolean) =>
    this.tried(async () => {
      await ask(`/api/desk/tickets/${this.view.open ?? ""}/called`, { method: "POST", body: { reached } });
      await this.loadQueue();
    });

  /** While somebody types, the panel stays as it is. */
  readonly setTyping = (typing: boolean) => {
    this.typing = typing;
    if (typing && Date.now() - this.typedAt > 2500) {
      this.typedAt = Date.now();
      this.send({ type: "typing", ticket: this.view.open });
    }
    if (!typing && this.view.held) this.release();
  };

  readonly release = () => {
    if (this.view.held) this.show({ panel: this.view.held, held: null });
  };

  private async tried(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.show({ failure: null });
      return true;
    } catch (failure) {
      this.show({ failure: sentenceOf(failure) });
      return false;
    }
  }

  private async loadQueue() {
    try {
      const queue = await ask<DeskQueue>("/api/desk/queue");
      this.show({ queue, skew: Date.parse(queue.now) - Date.now(), broken: false });
    } catch {
      this.show({ broken: true });
    }
  }

  private async loadStory(ticket: string) {
    try {
      const story = await ask<TicketStory>(`/api/desk/tickets/${ticket}`);
      if (this.view.open !== ticket) return;
      this.show({ story, lines: story.lines });
      this.watch(ticket, true);
      this.read();
      await this.loadPanel();
    } catch (failure) {
      this.show({ failure: sentenceOf(failure) });
    }
  }

  private async loadPanel() {
    const ticket = this.view.open;
    if (!ticket) return;
    const asked = ++this.panelAsked;
    try {
      const panel = await ask<SidePanel>(`/api/desk/tickets/${ticket}/panel`);
      if (this.view.open !== ticket || asked !== this.panelAsked) return;
      if (this.typing && this.view.panel) this.show({ held: panel });
      else this.show({ panel, held: null });
    } catch (failure) {
      this.show({ failure: sentenceOf(failure) });
    }
  }

  private connect() {
    if (this.stopped) return;
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/desk/live`);
    this.socket = socket;
    socket.onopen = () => {
      this.failures = 0;
      const duty = this.view.queue?.me.duty;
      if (duty === "on") void ask("/api/desk/duty", { method: "PUT", body: { duty } }).catch(() => undefined);
      if (this.view.open) this.watch(this.view.open, true);
      void this.loadQueue();
    };
    socket.onmessage = (event) => this.told(JSON.parse(String(event.data)) as Frame);
    socket.onclose = () => {
      if (this.stopped) return;
      this.show({ broken: true });
      window.setTimeout(() => this.connect(), PAUSES[Math.min(this.failures++, PAUSES.length - 1)]);
    };
  }

  private told(frame: Frame) {
    switch (frame.type) {
      case "queue":
        void this.loadQueue();
        return;
      case "ticket_line": {
        if (frame.ticket !== this.view.open || this.view.lines.some((line) => line.seq === frame.line.seq)) return;
        this.show({ lines: [...this.view.lines, frame.line].sort((a, b) => a.seq - b.seq), citizenTypes: false });
        this.read();
        if (frame.line.kind === "message") void this.loadPanel();
        return;
      }
      case "typing":
        if (frame.ticket !== this.view.open) return;
        this.show({ citizenTypes: true });
        window.clearTimeout(this.typingTimer);
        this.typingTimer = window.setTimeout(() => this.show({ citizenTypes: false }), TYPING_SHOWN);
        return;
      case "refused":
        this.show({ failure: frame.message });
        return;
      default:
        return;
    }
  }

  private read() {
    const seq = this.view.lines.at(-1)?.seq ?? 0;
    if (seq > 0) this.send({ type: "read", ticket: this.view.open, seq });
  }

  private watch(ticket: string, on: boolean) {
    this.send({ type: "watch", ticket, after: this.view.lines.at(-1)?.seq ?? 0, on });
  }

  private send(frame: object) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  private show(changes: Partial<DeskView>) {
    this.view = { ...this.view, ...changes };
    for (const listener of this.listeners) listener();
  }
}
