/** What a desk knows and does: queue, the open conversation, its side panel, the shared form. */
import type { DeskQueue, SharedForm, SidePanel, TicketStory, WireContact } from "../../shared/api";
import { Refused } from "../../shared/client";
import { ask, sentenceOf } from "../../shared/staff/server";
import { DeskActs } from "./deskActs";
import { isLive, NOTHING, type DeskView } from "./deskView";
import { OpenLine, type Frame } from "./openLine";

const ASK_EVERY = 2500;
const TYPING_SHOWN = 4000;

export class Desk {
  readonly acts = new DeskActs(this);
  private view: DeskView = { ...NOTHING, lines: [], queue: null, skew: 0, broken: false, failure: null };
  private listeners = new Set<() => void>();
  private timer = 0;
  private typingTimer = 0;
  private typing = false;
  private typedAt = 0;
  private panelAsked = 0;
  private line = new OpenLine({
    told: (frame) => this.told(frame),
    back: () => this.isBack(),
    broke: () => this.show({ broken: true }),
    place: () => ({ watch: this.view.open ?? "", after: this.view.lines.at(-1)?.seq ?? 0 }),
  });

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = () => this.view;

  get open(): string | null {
    return this.view.open;
  }

  readonly start = () => {
    this.line.open();
    void this.loadQueue();
    this.timer = window.setInterval(() => {
      if (this.line.isOpen()) return;
      void ask("/api/desk/heartbeat", { method: "POST" }).catch(() => undefined);
      void this.loadQueue();
      if (this.view.open) void this.loadStory(this.view.open);
    }, ASK_EVERY);
    return () => {
      window.clearInterval(this.timer);
      this.line.close();
    };
  };

  readonly openTicket = async (ticket: string) => {
    if (this.view.open) this.watch(this.view.open, false);
    this.show({ ...NOTHING, lines: [], open: ticket });
    await this.loadStory(ticket);
    this.line.moved();
  };

  readonly close = () => this.show({ ...NOTHING, lines: [] });

  /** While somebody types, the panel stays as it is. */
  readonly setTyping = (typing: boolean) => {
    this.typing = typing;
    if (typing && Date.now() - this.typedAt > 2500) {
      this.typedAt = Date.now();
      if (!this.line.send({ type: "typing", ticket: this.view.open }) && this.view.open)
        void ask(`/api/desk/tickets/${this.view.open}/typing`, { method: "POST" }).catch(() => undefined);
    }
    if (!typing && this.view.held) this.release();
  };

  readonly release = () => {
    if (this.view.held) this.show({ panel: this.view.held, held: null });
  };

  /** Say something to the clerk where failures are told. */
  readonly tell = (failure: string) => this.show({ failure });

  async tried(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.show({ failure: null });
      return true;
    } catch (failure) {
      this.show({ failure: sentenceOf(failure) });
      return false;
    }
  }

  async loadQueue() {
    try {
      const queue = await ask<DeskQueue>("/api/desk/queue");
      this.show({ queue, skew: Date.parse(queue.now) - Date.now(), broken: false });
    } catch {
      this.show({ broken: true });
    }
  }

  async loadStory(ticket: string) {
    try {
      const story = await ask<TicketStory>(`/api/desk/tickets/${ticket}`);
      if (this.view.open !== ticket) return;
      this.show({ story, lines: story.lines });
      this.watch(ticket, true);
      this.read();
      void this.loadPanel();
      await Promise.all([this.loadForm(), this.loadContact()]);
    } catch (failure) {
      this.show({ failure: sentenceOf(failure) });
    }
  }

  async loadPanel() {
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

  /** The shared form; null where the citizen has not agreed, or not any more. */
  async loadForm() {
    const { open: ticket, story } = this.view;
    const agreed = this.view.lines.some((line) => line.kind === "form" && line.word === "agreed");
    if (!ticket || !agreed || !isLive(story)) {
      this.show({ form: null });
      return;
    }
    try {
      const form = await ask<SharedForm>(`/api/desk/tickets/${ticket}/form`);
      if (this.view.open === ticket) this.show({ form });
    } catch (failure) {
      if (failure instanceof Refused) this.show({ form: null });
      else throw failure;
    }
  }

  private async loadContact() {
    const { open: ticket, story } = this.view;
    if (!ticket || !story?.ticket.is_call || !isLive(story)) {
      this.show({ contact: null });
      return;
    }
    this.show({ contact: await ask<WireContact | null>(`/api/desk/tickets/${ticket}/contact`) });
  }

  /** After a broken line the desk was off: it says again that it is there, and looks at what it missed. */
  private isBack() {
    const duty = this.view.queue?.me.duty;
    if (duty === "on") void ask("/api/desk/duty", { method: "PUT", body: { duty } }).catch(() => undefined);
    this.show({ broken: false });
    if (this.view.open) this.watch(this.view.open, true);
    void this.loadQueue();
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
        else if (frame.line.kind === "form") void Promise.all([this.loadForm(), this.loadPanel()]);
        else void this.loadStory(frame.ticket);
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
    if (seq > 0 && !this.line.send({ type: "read", ticket: this.view.open, seq }) && this.view.open)
      void ask(`/api/desk/tickets/${this.view.open}/read`, { method: "POST", body: { seq } }).catch(() => undefined);
  }

  private watch(ticket: string, on: boolean) {
    this.line.send({ type: "watch", ticket, after: this.view.lines.at(-1)?.seq ?? 0, on });
  }

  show(changes: Partial<DeskView>) {
    this.view = { ...this.view, ...changes };
    for (const listener of this.listeners) listener();
  }
}
