// Everything that goes over the wire: the mirror of Wire.java, checked against golden.json, and the calls.
// Times are milliseconds since 1970 UTC, -1 for none; a number that is not known is null.

export interface Label {
  en: string;
  ko: string;
}

export type Role = 'VIEWER' | 'OPERATOR' | 'ENGINEER' | 'ADMIN';
export type Mode = 'OBSERVE' | 'ADVISE' | 'SUPERVISED' | 'AUTONOMOUS';
export type Plain = number | boolean | string | null;

export interface Failure {
  code: string;
  message: Label;
}

export interface Me {
  user: string;
  role: Role;
  mustChangePassword: boolean;
}

export interface Named {
  name: string;
  title: Label;
}

export interface Site {
  name: string;
  title: Label;
  version: string;
  simulated: boolean;
  startedMs: number;
  nowMs: number;
  units: Named[];
  devices: Named[];
}

export interface TagValue {
  tag: string;
  value: Plain;
  unit: string;
  quality: string;
  qualityCode: number;
  sourceMs: number;
  arrivalMs: number;
  ageMs: number;
  /** Why it is not good, in the device's words. */
  reason: string | null;
}

export interface Limits {
  low: number;
  high: number;
  ratePerSecond: number;
  movePerHour: number | null;
  holdMs: number;
  safe: number | null;
  tolerance: number;
}

export interface TagInfo {
  name: string;
  device: string;
  kind: string;
  unit: string;
  description: Label;
  low: number | null;
  high: number | null;
  write: Limits | null;
  latest: TagValue | null;
  /** ISA-95, from the enterprise down; empty for none. */
  path: string;
  group: string;
}

export interface TrendData {
  tag: string;
  unit: string;
  timesMs: number[];
  values: (number | null)[];
}

export interface Handshake {
  complete: boolean;
  remote: boolean | null;
  watchdogOk: boolean | null;
  heartbeat: boolean;
  interlock: boolean;
}

export interface Contribution {
  tag: string;
  unit: string;
  share: number;
  deviation: number;
  value: number | null;
  expected: number | null;
}

export interface Cause {
  fault: string;
  title: Label;
  confidence: number;
  evidence: Label[];
}

export interface Anomaly {
  sinceMs: number;
  detectedMs: number;
  contributions: Contribution[];
  causes: Cause[];
}

export interface Move {
  tag: string;
  unit: string;
  from: number;
  to: number;
}

export interface Remedy {
  id: string;
  fault: string;
  rationale: Label;
  moves: Move[];
  before: number | null;
  after: number | null;
  sigma: number | null;
  activeConstraints: string[];
  insideTrainingRange: boolean;
}

export interface Insight {
  state: string;
  progress: number;
  modelId: string;
  score: number | null;
  objective: number | null;
  expectedObjective: number | null;
  objectiveUnit: string;
  direction: string;
  atMs: number;
  anomaly: Anomaly | null;
  remedy: Remedy | null;
}

export interface Loop {
  setpoint: TagValue;
  processValue: TagValue | null;
  output: TagValue | null;
  limits: Limits;
  target: number | null;
  held: boolean;
}

export interface Cycle {
  periodMs: number;
  count: number;
  overruns: number;
  jitterP50: number;
  jitterP99: number;
  durationP50: number;
  durationP99: number;
}

export interface Unit {
  name: string;
  title: Label;
  modeAsked: Mode;
  modeInForce: Mode;
  modeReason: Label;
  phase: string;
  phaseReason: Label;
  handshake: Handshake;
  insight: Insight;
  loops: Loop[];
  disturbances: TagValue[];
  measured: TagValue[];
  decision: string | null;
  cycle: Cycle;
}

export interface Verdict {
  verdict: string;
  guard: string;
  reason: Label;
  grounds: string;
  count: number;
}

export interface Write {
  tag: string;
  unit: string;
  requested: number;
  readBack: number | null;
  outcome: string;
  atMs: number;
  latencyMicros: number | null;
}

export interface Stage {
  stage: string;
  atMs: number;
  sinceStartMs: number | null;
}

export interface Effect {
  fate: string;
  before: number | null;
  predicted: number | null;
  after: number | null;
  noAction: number | null;
  unit: string;
}

export interface Decision {
  id: string;
  unit: string;
  kind: string;
  state: string;
  mode: Mode;
  modelId: string;
  startedMs: number;
  endedMs: number;
  anomaly: Anomaly | null;
  remedy: Remedy | null;
  verdicts: Verdict[];
  writes: Write[];
  stages: Stage[];
  effect: Effect | null;
  approvedBy: string | null;
  summary: Label;
}

export interface Model {
  id: string;
  unit: string;
  createdMs: number;
  fromMs: number;
  toMs: number;
  rows: number;
  dataSha256: string;
  featureSpecHash: string;
  seed: number;
  gatewayVersion: string;
  dl4jVersion: string;
  jvmVersion: string;
  scores: Record<string, number>;
}

export interface Device {
  name: string;
  protocol: string;
  endpoint: string;
  simulated: boolean;
  state: string;
  sinceMs: number;
  samples: number;
  badSamples: number;
  requests: number;
  errors: number;
  reconnects: number;
  overruns: number;
  writes: number;
  roundTripMicros: number;
  heartbeat: boolean;
  lastError: string | null;
  samplesPerSecond: number;
  oldestMs: number;
  roundTripP50Micros: number;
  roundTripP99Micros: number;
  failures: Record<string, number>;
}

export interface Forwarder {
  name: string;
  sent: number;
  refused: number;
  failures: number;
  bytes: number;
  lagRows: number;
  lagSeconds: number;
  backlogRows: number;
  liveLagSeconds: number;
  batchMs: number | null;
  deadLetters: number;
  lostLetters: number;
  lastError: string | null;
}

export interface Delivery {
  dataset: string;
  rows: number;
  bytes: number;
  sha256: string;
  atMs: number;
  lastError: string | null;
  quality: Record<string, number>;
}

export interface Keep {
  room: string;
  freeBytes: number;
  oldestMs: number | null;
  refused: number;
  deleted: number;
  rolledUp: number;
  behind: number;
  overSize: boolean;
  rollupError: string | null;
}

export interface Storage {
  rows: number;
  committed: number;
  queue: number;
  diskBytes: number;
  commitMs: number | null;
  lastError: string | null;
  keep: Keep;
  forwarders: Forwarder[];
  kamp: Delivery | null;
}

/** How long samples and roll-ups of some tags are kept, in milliseconds; 0 for good. */
export interface KeepRule {
  name: string;
  groups: string[];
  tags: string[];
  rawMs: number;
  minutesMs: number;
  hoursMs: number;
}

export interface KeepRules {
  maxSizeGb: number;
  keepFreeMb: number;
  rules: KeepRule[];
}

/** Something that was found damaged on disk. */
export interface Damage {
  foundMs: number;
  what: string;
  fromMs: number;
  toMs: number;
  lost: number;
  doubtful: number;
  aside: string;
}

/** A row that a receiver refused. */
export interface RefusedRow {
  seq: number;
  tag: string;
  value: string;
  quality: string;
  atMs: number;
  refusedMs: number;
  reason: string;
}

export interface Count {
  rows: number;
}

export interface Alarm {
  id: string;
  state: string;
  priority: string;
  text: Label;
  action: Label;
  unit: string | null;
  raisedMs: number;
  clearedMs: number;
  acknowledgedBy: string | null;
}

export interface SetpointAnswer {
  tag: string;
  requested: number;
  verdict: string;
  guard: string | null;
  reason: Label;
  outcome: string | null;
  written: number | null;
  readBack: number | null;
  latencyMicros: number | null;
}

export interface Live {
  type: string;
  nowMs: number;
  units: Unit[];
  devices: Device[];
  storage: Storage;
  alarms: Alarm[];
  tags: TagValue[];
}

/** What the gateway answered instead of what was asked for. Status 0: no answer at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly label: Label,
  ) {
    super(label.en);
  }
}

/** What to do when the log-in has ended; the session says. */
export const gate = { ended: (): void => undefined };

const SILENCE: Label = { en: 'The gateway does not answer.', ko: '게이트웨이가 응답하지 않습니다.' };
const LONGEST_MS = 20_000;

/** The wire message of the live push, or null for anything else. */
export function parseLive(text: string): Live | null {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) {
    return null;
  }
  const live = parsed as Partial<Live>;
  const whole =
    live.type === 'live' &&
    typeof live.nowMs === 'number' &&
    Array.isArray(live.units) &&
    Array.isArray(live.devices) &&
    Array.isArray(live.alarms) &&
    Array.isArray(live.tags) &&
    typeof live.storage === 'object';
  return whole ? (live as Live) : null;
}

function isFailure(body: unknown): body is Failure {
  const failure = body as Partial<Failure> | null;
  return typeof failure?.code === 'string' && typeof failure.message?.en === 'string';
}

async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const limit = AbortSignal.timeout(LONGEST_MS);
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(path, {
      method,
      headers: method === 'POST' ? { 'Content-Type': 'application/json', 'X-Deungdae': '1' } : {},
      body: body === undefined ? null : JSON.stringify(body),
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    answer = await response.json();
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    throw new ApiError(0, 'no-answer', SILENCE);
  }
  if (response.status === 401 && isFailure(answer) && answer.code === 'unauthenticated' && path !== '/api/me') {
    gate.ended();
  }
  if (!response.ok) {
    throw isFailure(answer)
      ? new ApiError(response.status, answer.code, answer.message)
      : new ApiError(response.status, 'http', { en: `HTTP ${response.status}`, ko: `HTTP ${response.status}` });
  }
  return answer as T;
}

const part = encodeURIComponent;

export const api = {
  me: () => call<Me>('GET', '/api/me'),
  login: (user: string, password: string) => call<Me>('POST', '/api/login', { user, password }),
  logout: () => call<unknown>('POST', '/api/logout', {}),
  password: (old: string, fresh: string) => call<Me>('POST', '/api/password', { old, fresh }),
  site: () => call<Site>('GET', '/api/site'),
  model: (unit: string) => call<Model>('GET', `/api/units/${part(unit)}/model`),
  tags: () => call<TagInfo[]>('GET', '/api/tags'),
  trend: (tag: string, fromMs: number, toMs: number, points: number, signal?: AbortSignal) =>
    call<TrendData>(
      'GET',
      `/api/tags/${part(tag)}/trend?from=${Math.floor(fromMs)}&to=${Math.ceil(toMs)}&points=${points}`,
      undefined,
      signal,
    ),
  decisions: (limit: number) => call<Decision[]>('GET', `/api/decisions?limit=${limit}`),
  decision: (id: string) => call<Decision>('GET', `/api/decisions/${part(id)}`),
  propose: (tag: string, value: number, reason: string) =>
    call<SetpointAnswer>('POST', '/api/setpoints', { tag, value, reason: reason === '' ? null : reason }),
  mode: (unit: string, mode: Mode) =>
    call<{ message: Label }>('POST', `/api/units/${part(unit)}/mode`, { mode }),
  judge: (id: string, approve: boolean) =>
    call<{ message: Label }>('POST', `/api/decisions/${part(id)}/${approve ? 'approve' : 'reject'}`, {}),
  keep: () => call<KeepRules>('GET', '/api/history/keep'),
  damage: () => call<Damage[]>('GET', '/api/history/damage'),
  refused: (forwarder: string, most: number) =>
    call<RefusedRow[]>('GET', `/api/forwarders/${part(forwarder)}/refused?most=${most}`),
  dealWithRefused: (forwarder: string, what: 'resend' | 'drop') =>
    call<Count>('POST', `/api/forwarders/${part(forwarder)}/${what}`, {}),
  acknowledge: (id: string) => call<unknown>('POST', `/api/alarms/${part(id)}/acknowledge`, {}),
};

const ROLES: Role[] = ['VIEWER', 'OPERATOR', 'ENGINEER', 'ADMIN'];

/** True when one who is {@code role} may do what {@code other} may. */
export function covers(role: Role, other: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(other);
}

export const MODES: Mode[] = ['OBSERVE', 'ADVISE', 'SUPERVISED', 'AUTONOMOUS'];
