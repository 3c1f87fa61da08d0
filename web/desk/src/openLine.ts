/** The open line of a desk: a socket, or server-sent events where a proxy lets no socket through. Knows no queue. */
import type { HandoffFrames } from "../../shared/api";

export type Frame = HandoffFrames["sent"];
const PAUSES = [500, 1000, 2000, 4000, 8000];
/** So often a socket may fail to open before events are tried instead. */
const SOCKET_TRIES = 2;

interface Ends {
  told: (frame: Frame) => void;
  /** The line stands, perhaps again. */
  back: () => void;
  broke: () => void;
  /** What is watched, and the last line that was seen of it: there a new line goes on. */
  place: () => { watch: string; after: number };
}

export class OpenLine {
  private socket: WebSocket | null = null;
  private events: EventSource | null = null;
  private everOpened = false;
  private failures = 0;
  private stopped = false;

  constructor(private ends: Ends) {}

  readonly open = (): void => {
    this.stopped = false;
    this.connect();
  };

  readonly close = (): void => {
    this.stopped = true;
    this.socket?.close();
    this.events?.close();
    this.events = null;
  };

  isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN || this.events?.readyState === EventSource.OPEN;
  }

  /** False where this line only listens: then the other routes have to be used. */
  send(frame: object): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** Another conversation is looked at: events are asked for anew, a socket is told with a frame. */
  moved(): void {
    if (this.events) this.byEvents();
  }

  private connect(): void {
    if (this.stopped) return;
    if (!this.everOpened && this.failures >= SOCKET_TRIES) {
      this.failures = 0;
      this.byEvents();
      return;
    }
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/desk/live`);
    this.socket = socket;
    socket.onopen = () => {
      this.failures = 0;
      this.everOpened = true;
      this.ends.back();
    };
    socket.onmessage = (event) => this.ends.told(JSON.parse(String(event.data)) as Frame);
    socket.onclose = () => this.lost(() => this.connect());
  }

  private byEvents(): void {
    this.events?.close();
    if (this.stopped) return;
    const { watch, after } = this.ends.place();
    const query = new URLSearchParams({ watch, after: String(after) });
    const events = new EventSource(`/api/desk/events?${query.toString()}`);
    this.events = events;
    const hear = (message: MessageEvent<string>) => this.ends.told(JSON.parse(message.data) as Frame);
    for (const name of ["queue", "ticket_line", "typing", "alive"]) events.addEventListener(name, hear);
    events.onopen = () => {
      this.failures = 0;
      this.ends.back();
    };
    events.onerror = () => {
      if (this.events !== events) return;
      events.close();
      this.lost(() => this.events === events && this.byEvents());
    };
  }

  private lost(again: () => void): void {
    if (this.stopped) return;
    this.ends.broke();
    window.setTimeout(again, PAUSES[Math.min(this.failures++, PAUSES.length - 1)]);
  }
}
