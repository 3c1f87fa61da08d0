/** The way to a person and the open line to them: socket first, events where sockets are not let through. No React. */
import type { HandoffChosen, HandoffRating, HandoffView } from "../../../shared/api";
import { LineBroken, Refused } from "../../../shared/client";
import { forget, recall, remember } from "../../../shared/storage";
import * as calls from "./calls";
import { NOTHING, seen, told, type Frame, type Talk, type Unsent } from "./line";

const UNSENT = "xiaoshen.person.unsent";
const PAUSES = [500, 1000, 2000, 4000, 8000];
const TYPING_SHOWN = 4000;
const TYPING_EVERY = 2500;
/** So often a socket may fail to open before events are tried instead. */
const SOCKET_TRIES = 2;

export interface PersonView extends Talk {
  /** The line to the server is broken; it is being restored. */
  broken: boolean;
  /** What could not be done, in a sentence. */
  refusal: string | null;
  /** The conversation that the ticket belongs to. */
  conversation: string | null;
}

export class Person {
  private view: PersonView = { ...NOTHING, broken: false, refusal: null, conversation: null };
  private listeners = new Set<() => void>();
  private conversation: string | null = null;
  private close: (() => void) | null = null;
  private socket: WebSocket | null = null;
  private failures = 0;
  private everOpened = false;
  private sending = false;
  private typingShown = 0;
  private typedAt = 0;

  constructor(
    private language: () => string,
    private newId: () => string,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): PersonView => this.view;

  /** Look whether a person was asked for in this conversation, and listen if so. */
  readonly follow = async (conversation: string): Promise<void> => {
    if (this.conversation !== conversation) this.leave();
    this.conversation = conversation;
    try {
      const ticket = await calls.standing(conversation, this.language());
      if (ticket && this.conversation === conversation) this.listen(ticket);
    } catch (failure) {
      if (!(failure instanceof LineBroken)) throw failure;
      window.setTimeout(() => void this.follow(conversation), PAUSES[2]);
    }
  };

  /** Ask for a person. False where this product has no people: then Xiao Shen has to say where they are. */
  readonly want = async (conversation: string): Promise<boolean> => {
    if (this.conversation !== conversation) this.leave();
    this.conversation = conversation;
    try {
      this.listen(await calls.wantPerson(conversation, this.language()));
      return true;
    } catch (failure) {
      if (failure instanceof Refused && failure.status === 404) return false;
      this.refused(failure);
      return true;
    }
  };

  readonly say = (text: string, file?: string): void => {
    this.keepUnsent([...this.view.unsent, { clientId: this.newId(), text, file }]);
    void this.send();
  };

  readonly sendFile = async (file: File): Promise<void> => {
    if (!this.conversation) return;
    try {
      const kept = await calls.sendFile(this.conversation, this.language(), file);
      this.say("", kept.id);
    } catch (failure) {
      this.refused(failure);
    }
  };

  readonly types = (): void => {
    if (this.socket?.readyState !== WebSocket.OPEN || Date.now() - this.typedAt < TYPING_EVERY) return;
    this.typedAt = Date.now();
    this.socket.send(JSON.stringify({ type: "typing" }));
  };

  readonly read = (): void => {
    const last = seen(this.view);
    if (this.socket?.readyState !== WebSocket.OPEN || last <= (this.view.ticket?.read_by_citizen ?? 0)) return;
    this.socket.send(JSON.stringify({ type: "read", seq: last }));
  };

  readonly choose = (chosen: HandoffChosen) => this.change((id, language) => calls.choose(id, language, chosen));
  readonly end = () => this.change(calls.end);
  readonly reopen = () => this.change(calls.reopen);
  readonly rate = (rating: HandoffRating) => this.change((id, language) => calls.rate(id, language, rating));

  /** Leave this conversation; the person is told where one is there. */
  readonly leave = (): void => {
    this.close?.();
    this.close = null;
    this.conversation = null;
    forget(UNSENT);
    this.show({ ...NOTHING, broken: false, refusal: null, conversation: null });
  };

  private listen(ticket: HandoffView): void {
    const kept = this.view.ticket?.ticket === ticket.ticket ? this.view : { ...this.view, ...NOTHING };
    this.show({ ...kept, ticket, refusal: null, conversation: this.conversation, unsent: kept.unsent.length > 0 ? kept.unsent : recallUnsent(ticket.ticket) });
    if (!this.close) this.open();
    void this.send();
  }

  private open(): void {
    const conversation = this.conversation;
    if (!conversation) return;
    this.close = this.failures >= SOCKET_TRIES && !this.everOpened ? this.byEvents(conversation) : this.bySocket(conversation);
  }

  private bySocket(conversation: string): () => void {
    const socket = new WebSocket(calls.socketAddress(conversation, seen(this.view)));
    this.socket = socket;
    socket.onopen = () => {
      this.everOpened = true;
      this.isBack();
    };
    socket.onmessage = (message: MessageEvent<string>) => this.hear(JSON.parse(message.data) as Frame);
    socket.onclose = () => this.broke(conversation);
    return () => {
      socket.onclose = null;
      socket.close();
      this.socket = null;
    };
  }

  private byEvents(conversation: string): () => void {
    const source = new EventSource(calls.eventsAddress(conversation, seen(this.view)));
    const hear = (message: MessageEvent<string>) => this.hear(JSON.parse(message.data) as Frame);
    for (const name of ["line", "state", "typing", "alive"]) source.addEventListener(name, hear);
    source.onopen = () => this.isBack();
    source.onerror = () => {
      source.close();
      this.broke(conversation);
    };
    return () => source.close();
  }

  private isBack(): void {
    this.failures = 0;
    this.show({ broken: false });
    void this.send();
  }

  private broke(conversation: string): void {
    this.close = null;
    this.socket = null;
    if (this.conversation !== conversation) return;
    const pause = PAUSES[Math.min(this.failures, PAUSES.length - 1)] ?? 8000;
    this.failures += 1;
    this.show({ broken: true });
    window.setTimeout(() => {
      if (this.conversation === conversation && !this.close) this.open();
    }, pause);
  }

  private hear(frame: Frame): void {
    this.show(told(this.view, frame));
    if (frame.type === "typing") {
      window.clearTimeout(this.typingShown);
      this.typingShown = window.setTimeout(() => this.show({ typing: false }), TYPING_SHOWN);
    }
    if (frame.type === "line") keepUnsent(this.view.ticket?.ticket, this.view.unsent);
  }

  /** Send what is unsent, in order, each until it is acknowledged. */
  private async send(): Promise<void> {
    const conversation = this.conversation;
    if (this.sending || !conversation) return;
    this.sending = true;
    try {
      const done = new Set<string>();
      for (;;) {
        const next = this.view.unsent.find((one) => !done.has(one.clientId));
        if (!next) return;
        await calls.say(conversation, this.language(), {
          client_id: next.clientId,
          text: next.text,
          ...(next.file ? { file: next.file } : {}),
        });
        done.add(next.clientId);
      }
    } catch (failure) {
      if (failure instanceof LineBroken) window.setTimeout(() => void this.send(), PAUSES[1]);
      else this.refused(failure);
    } finally {
      this.sending = false;
    }
  }

  private async change(act: (conversation: string, language: string) => Promise<HandoffView>): Promise<boolean> {
    if (!this.conversation) return false;
    try {
      const ticket = await act(this.conversation, this.language());
      this.show({ ticket, refusal: null });
      return true;
    } catch (failure) {
      this.refused(failure);
      return false;
    }
  }

  private refused(failure: unknown): void {
    if (failure instanceof Refused) this.show({ refusal: failure.message });
    else if (failure instanceof LineBroken) this.show({ broken: true });
    else throw failure;
  }

  private keepUnsent(unsent: Unsent[]): void {
    this.show({ unsent });
    keepUnsent(this.view.ticket?.ticket, unsent);
  }

  private show(change: Partial<PersonView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }
}

function keepUnsent(ticket: string | undefined, unsent: Unsent[]): void {
  if (!ticket || unsent.length === 0) forget(UNSENT);
  else remember(UNSENT, JSON.stringify({ ticket, unsent }));
}

function recallUnsent(ticket: string): Unsent[] {
  try {
    const kept = JSON.parse(recall(UNSENT) ?? "null") as { ticket: string; unsent: Unsent[] } | null;
    return kept?.ticket === ticket ? kept.unsent : [];
  } catch {
    return [];
  }
}
