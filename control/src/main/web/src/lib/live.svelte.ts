// The live link: one WebSocket, back-off when it breaks, and what came last. Values are replaced, never gathered:
// a page that runs for weeks holds one push and a bounded ring for each small trend.

import { api, parseLive, type Decision, type Live, type TagValue } from './api';
import { session } from './session.svelte';

export type Link = 'connecting' | 'online' | 'offline';
export type Listener = (live: Live) => void;

/** No push for so long means that the values are old, whatever the socket says. */
const SILENT_MS = 3000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 8000;
const TICK_MS = 500;
const ALL_DECISIONS_MS = 30_000;
const OPEN_DECISIONS_MS = 1000;

const FIRST_RANGE_MS = 15 * 60_000;
const YOUNG_RANGE_MS = 5 * 60_000;

class LiveLink {
  link = $state<Link>('connecting');
  last = $state.raw<Live | null>(null);
  /** This machine's monotonic clock, as often as ages are to be repainted. */
  now = $state(performance.now());
  rowsPerSecond = $state<number | null>(null);
  decisions = $state.raw<Decision[]>([]);

  private receivedAt = 0;
  private socket: WebSocket | null = null;
  private retryMs = FIRST_RETRY_MS;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private tick: ReturnType<typeof setInterval> | undefined;
  private readonly wanted = new Map<string, number>();
  private readonly listeners = new Set<Listener>();
  private rowMarks: { at: number; rows: number }[] = [];
  private decisionMark = '';
  private decisionsAt = 0;
  private openAt = 0;
  private asking = false;

  /** The stretch to begin with: a history of minutes would be lost in a quarter of an hour. */
  firstRangeMs(): number {
    const oldestMs = this.last?.storage.keep.oldestMs ?? null;
    return oldestMs !== null && this.gatewayNow() - oldestMs < YOUNG_RANGE_MS ? YOUNG_RANGE_MS : FIRST_RANGE_MS;
  }

  start(): void {
    if (this.tick !== undefined) {
      return;
    }
    this.tick = setInterval(() => this.look(), TICK_MS);
    this.open();
  }

  stop(): void {
    clearInterval(this.tick);
    clearTimeout(this.retry);
    this.tick = undefined;
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    this.last = null;
    this.link = 'connecting';
    this.decisions = [];
    this.decisionMark = '';
    this.decisionsAt = 0;
    this.rowMarks = [];
    this.rowsPerSecond = null;
  }

  /** How long ago the last push came. */
  silence(): number {
    return this.receivedAt === 0 ? -1 : Math.max(0, this.now - this.receivedAt);
  }

  /** How old a value is now: what the gateway said, and the time since it said so. */
  ageOf(value: TagValue): number {
    return value.ageMs < 0 ? -1 : value.ageMs + Math.max(0, this.silence());
  }

  /** The gateway's time now. */
  gatewayNow(): number {
    return this.last === null ? Date.now() : this.last.nowMs + Math.max(0, performance.now() - this.receivedAt);
  }

  /** Asks for the latest samples of tags besides; returns how to stop. */
  want(tags: readonly string[]): () => void {
    for (const tag of tags) {
      this.wanted.set(tag, (this.wanted.get(tag) ?? 0) + 1);
    }
    this.subscribe();
    return () => {
      for (const tag of tags) {
        const left = (this.wanted.get(tag) ?? 1) - 1;
        if (left > 0) {
          this.wanted.set(tag, left);
        } else {
          this.wanted.delete(tag);
        }
      }
      this.subscribe();
    };
  }

  /** Calls for each push; returns how to stop. */
  each(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Fetches the decisions again. */
  async learnDecisions(): Promise<void> {
    if (this.asking) {
      return;
    }
    this.asking = true;
    try {
      this.decisions = await api.decisions(50);
    } catch {
      // The live state shows that the gateway is away; the next push asks again.
    } finally {
      this.asking = false;
    }
  }

  private open(): void {
    clearTimeout(this.retry);
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(`${scheme}//${location.host}/api/live`);
    this.socket = socket;
    socket.onopen = () => this.subscribe();
    socket.onmessage = (event) => this.take(String(event.data));
    socket.onclose = () => {
      if (this.socket === socket) {
        this.lost();
      }
    };
  }

  private lost(): void {
    this.socket = null;
    this.link = 'offline';
    const wait = this.retryMs * (0.75 + Math.random() / 2);
    this.retryMs = Math.min(LONGEST_RETRY_MS, this.retryMs * 2);
    this.retry = setTimeout(() => {
      void session.whoAmI().then(() => {
        if (session.me && this.tick !== undefined) {
          this.open();
        }
      });
    }, wait);
  }

  private look(): void {
    this.now = performance.now();
    if (this.receivedAt > 0 && this.silence() > SILENT_MS && this.link === 'online') {
      this.link = 'offline';
      this.socket?.close();
    }
  }

  private subscribe(): void {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify({ subscribe: [...this.wanted.keys()] }));
    }
  }

  private take(text: string): void {
    const live = parseLive(text);
    if (live === null) {
      return;
    }
    if (this.link === 'offline' || session.site === null) {
      void session.learnSite().catch(() => undefined);
    }
    this.receivedAt = performance.now();
    this.now = this.receivedAt;
    this.last = live;
    this.link = 'online';
    this.retryMs = FIRST_RETRY_MS;
    this.countRows(live);
    this.watchDecisions(live);
    for (const listener of this.listeners) {
      listener(live);
    }
  }

  private countRows(live: Live): void {
    this.rowMarks.push({ at: live.nowMs, rows: live.storage.rows });
    if (this.rowMarks.length > 20) {
      this.rowMarks.shift();
    }
    const first = this.rowMarks[0];
    const seconds = first ? (live.nowMs - first.at) / 1000 : 0;
    if (first && live.storage.rows < first.rows) {
      this.rowMarks = [];
    }
    this.rowsPerSecond = first && seconds > 1 ? Math.max(0, (live.storage.rows - first.rows) / seconds) : null;
  }

  /** All decisions are fetched when one opens or closes and now and then; open ones every second. */
  private watchDecisions(live: Live): void {
    const open = live.units.map((unit) => unit.decision).filter((id) => id !== null);
    const mark = open.join(' ');
    if (mark !== this.decisionMark || this.now - this.decisionsAt > ALL_DECISIONS_MS || this.decisionsAt === 0) {
      this.decisionMark = mark;
      this.decisionsAt = this.now;
      this.openAt = this.now;
      void this.learnDecisions();
    } else if (open.length > 0 && this.now - this.openAt > OPEN_DECISIONS_MS) {
      this.openAt = this.now;
      void this.learnOpen(open);
    }
  }

  private async learnOpen(ids: readonly string[]): Promise<void> {
    const found = await Promise.allSettled(ids.map((id) => api.decision(id)));
    const fresh = new Map(found.flatMap((one) => (one.status === 'fulfilled' ? [[one.value.id, one.value]] : [])));
    this.decisions = this.decisions.map((d) => fresh.get(d.id) ?? d);
  }
}

export const live = new LiveLink();
