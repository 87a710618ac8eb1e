// golden.json is written by the Java tests from the records of the wire. What is listed here is what api.ts declares;
// a field more or less on either side fails.

import { describe, expect, it } from 'vitest';
import golden from '../golden.json';
import * as wire from './api';

type Kind = 'number' | 'string' | 'boolean' | 'plain' | 'number?' | 'string?' | 'boolean?' | 'numbers' | 'numbers?' | 'strings';
interface Shape {
  [field: string]: Kind | Shape | [Shape] | { map: Kind } | { maybe: Shape };
}
/** Keeps a shape to the fields of its type. */
function shape<T>(fields: { [K in keyof T]-?: Shape[string] }): Shape {
  return fields;
}

const label = shape<wire.Label>({ en: 'string', ko: 'string' });
const named = shape<wire.Named>({ name: 'string', title: label });
const value = shape<wire.TagValue>({
  tag: 'string', value: 'plain', unit: 'string', quality: 'string',
  qualityCode: 'number', sourceMs: 'number', arrivalMs: 'number', ageMs: 'number', reason: 'string?',
});
const limits = shape<wire.Limits>({
  low: 'number', high: 'number', ratePerSecond: 'number', movePerHour: 'number?',
  holdMs: 'number', safe: 'number?', tolerance: 'number',
});
const anomaly = shape<wire.Anomaly>({
  sinceMs: 'number',
  detectedMs: 'number',
  contributions: [
    shape<wire.Contribution>({
      tag: 'string', unit: 'string', share: 'number', deviation: 'number', value: 'number?', expected: 'number?',
    }),
  ],
  causes: [shape<wire.Cause>({ fault: 'string', title: label, confidence: 'number', evidence: [label] })],
});
const remedy = shape<wire.Remedy>({
  id: 'string',
  fault: 'string',
  rationale: label,
  moves: [shape<wire.Move>({ tag: 'string', unit: 'string', from: 'number', to: 'number' })],
  before: 'number?',
  after: 'number?',
  sigma: 'number?',
  activeConstraints: 'strings',
  insideTrainingRange: 'boolean',
});
const unit = shape<wire.Unit>({
  name: 'string',
  title: label,
  modeAsked: 'string',
  modeInForce: 'string',
  modeReason: label,
  phase: 'string',
  phaseReason: label,
  handshake: shape<wire.Handshake>({
    complete: 'boolean', remote: 'boolean?', watchdogOk: 'boolean?', heartbeat: 'boolean', interlock: 'boolean',
  }),
  insight: shape<wire.Insight>({
    state: 'string', progress: 'number', modelId: 'string', score: 'number?', objective: 'number?',
    expectedObjective: 'number?', objectiveUnit: 'string', direction: 'string', atMs: 'number',
    anomaly: { maybe: anomaly }, remedy: { maybe: remedy },
  }),
  loops: [
    shape<wire.Loop>({
      setpoint: value, processValue: { maybe: value }, output: { maybe: value }, limits, target: 'number?', held: 'boolean',
    }),
  ],
  disturbances: [value],
  measured: [value],
  decision: 'string?',
  cycle: shape<wire.Cycle>({
    periodMs: 'number', count: 'number', overruns: 'number', jitterP50: 'number',
    jitterP99: 'number', durationP50: 'number', durationP99: 'number',
  }),
});
const live = shape<wire.Live>({
  type: 'string',
  nowMs: 'number',
  units: [unit],
  devices: [
    shape<wire.Device>({
      name: 'string', protocol: 'string', endpoint: 'string', simulated: 'boolean', state: 'string', sinceMs: 'number',
      samples: 'number', badSamples: 'number', requests: 'number', errors: 'number', reconnects: 'number',
      overruns: 'number', writes: 'number', roundTripMicros: 'number', heartbeat: 'boolean', lastError: 'string?',
      samplesPerSecond: 'number', oldestMs: 'number', roundTripP50Micros: 'number', roundTripP99Micros: 'number',
      failures: { map: 'number' },
    }),
  ],
  storage: shape<wire.Storage>({
    rows: 'number', committed: 'number', queue: 'number', diskBytes: 'number', commitMs: 'number?', lastError: 'string?',
    keep: shape<wire.Keep>({
      room: 'string', freeBytes: 'number', oldestMs: 'number?', refused: 'number', deleted: 'number',
      rolledUp: 'number', behind: 'number', overSize: 'boolean', rollupError: 'string?',
    }),
    forwarders: [
      shape<wire.Forwarder>({
        name: 'string', sent: 'number', refused: 'number', failures: 'number', bytes: 'number', lagRows: 'number',
        lagSeconds: 'number', backlogRows: 'number', liveLagSeconds: 'number', batchMs: 'number?',
        deadLetters: 'number', lostLetters: 'number', lastError: 'string?',
      }),
    ],
    kamp: {
      maybe: shape<wire.Delivery>({
        dataset: 'string', rows: 'number', bytes: 'number', sha256: 'string',
        atMs: 'number', lastError: 'string?', quality: { map: 'number' },
      }),
    },
  }),
  alarms: [
    shape<wire.Alarm>({
      id: 'string', state: 'string', priority: 'string', text: label, action: label, unit: 'string?',
      raisedMs: 'number', clearedMs: 'number', acknowledgedBy: 'string?',
    }),
  ],
  tags: [value],
});
const decision = shape<wire.Decision>({
  id: 'string', unit: 'string', kind: 'string', state: 'string', mode: 'string', modelId: 'string',
  startedMs: 'number', endedMs: 'number', anomaly: { maybe: anomaly }, remedy: { maybe: remedy },
  verdicts: [shape<wire.Verdict>({ verdict: 'string', guard: 'string', reason: label, grounds: 'string', count: 'number' })],
  writes: [
    shape<wire.Write>({
      tag: 'string', unit: 'string', requested: 'number', readBack: 'number?',
      outcome: 'string', atMs: 'number', latencyMicros: 'number?',
    }),
  ],
  stages: [shape<wire.Stage>({ stage: 'string', atMs: 'number', sinceStartMs: 'number?' })],
  effect: {
    maybe: shape<wire.Effect>({
      fate: 'string', before: 'number?', predicted: 'number?', after: 'number?', noAction: 'number?', unit: 'string',
    }),
  },
  approvedBy: 'string?',
  summary: label,
});

function ofKind(found: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'plain':
      return found === null || ['number', 'string', 'boolean'].includes(typeof found);
    case 'numbers':
      return Array.isArray(found) && found.every((x) => typeof x === 'number');
    case 'numbers?':
      return Array.isArray(found) && found.every((x) => x === null || typeof x === 'number');
    case 'strings':
      return Array.isArray(found) && found.every((x) => typeof x === 'string');
    default:
      return kind.endsWith('?') ? found === null || typeof found === kind.slice(0, -1) : typeof found === kind;
  }
}

/** Where the JSON is not what is declared. */
function differences(found: unknown, expected: Shape[string], path: string): string[] {
  if (typeof expected === 'string') {
    return ofKind(found, expected) ? [] : [`${path}: not ${expected}`];
  }
  if (Array.isArray(expected)) {
    return Array.isArray(found)
      ? found.flatMap((item, i) => differences(item, expected[0], `${path}[${i}]`))
      : [`${path}: not a list`];
  }
  if (typeof found !== 'object' || found === null) {
    return 'maybe' in expected && found === null ? [] : [`${path}: not an object`];
  }
  if ('maybe' in expected) {
    return differences(found, expected.maybe as Shape, path);
  }
  if ('map' in expected) {
    return Object.entries(found).flatMap(([k, v]) => differences(v, expected.map as Kind, `${path}.${k}`));
  }
  const declared = expected as Shape;
  const names = new Set([...Object.keys(found), ...Object.keys(declared)]);
  return [...names].flatMap((name) => {
    const inner = declared[name];
    if (inner === undefined) {
      return [`${path}.${name}: not declared`];
    }
    return name in found ? differences((found as Record<string, unknown>)[name], inner, `${path}.${name}`) : [`${path}.${name}: missing`];
  });
}

describe('the wire', () => {
  const cases: [string, unknown, Shape[string]][] = [
    ['me', golden.me, shape<wire.Me>({ user: 'string', role: 'string', mustChangePassword: 'boolean' })],
    ['failure', golden.failure, shape<wire.Failure>({ code: 'string', message: label })],
    [
      'site',
      golden.site,
      shape<wire.Site>({
        name: 'string', title: label, version: 'string', simulated: 'boolean',
        startedMs: 'number', nowMs: 'number', units: [named], devices: [named],
      }),
    ],
    ['live', golden.live, live],
    ['decisions', golden.decisions, [decision]],
    [
      'tags',
      golden.tags,
      [
        shape<wire.TagInfo>({
          name: 'string', device: 'string', kind: 'string', unit: 'string', description: label,
          low: 'number?', high: 'number?', write: { maybe: limits }, latest: { maybe: value },
          path: 'string', group: 'string',
        }),
      ],
    ],
    [
      'model',
      golden.model,
      shape<wire.Model>({
        id: 'string', unit: 'string', createdMs: 'number', fromMs: 'number', toMs: 'number', rows: 'number',
        dataSha256: 'string', featureSpecHash: 'string', seed: 'number', gatewayVersion: 'string',
        dl4jVersion: 'string', jvmVersion: 'string', scores: { map: 'number' },
      }),
    ],
    ['count', golden.count, shape<{ rows: number; committedSinceStart: number }>({ rows: 'number', committedSinceStart: 'number' })],
    ['dealtWith', golden.dealtWith, shape<wire.Count>({ rows: 'number' })],
    [
      'keep',
      golden.keep,
      shape<wire.KeepRules>({
        maxSizeGb: 'number', keepFreeMb: 'number',
        rules: [
          shape<wire.KeepRule>({
            name: 'string', groups: 'strings', tags: 'strings', rawMs: 'number', minutesMs: 'number', hoursMs: 'number',
          }),
        ],
      }),
    ],
    [
      'damage',
      golden.damage,
      [
        shape<wire.Damage>({
          foundMs: 'number', what: 'string', fromMs: 'number', toMs: 'number', lost: 'number', doubtful: 'number', aside: 'string',
        }),
      ],
    ],
    [
      'refused',
      golden.refused,
      [
        shape<wire.RefusedRow>({
          seq: 'number', tag: 'string', value: 'string', quality: 'string', atMs: 'number', refusedMs: 'number', reason: 'string',
        }),
      ],
    ],
    ['trend', golden.trend, shape<wire.TrendData>({ tag: 'string', unit: 'string', timesMs: 'numbers', values: 'numbers?' })],
    [
      'setpointAnswer',
      golden.setpointAnswer,
      shape<wire.SetpointAnswer>({
        tag: 'string', requested: 'number', verdict: 'string', guard: 'string?', reason: label, outcome: 'string?',
        written: 'number?', readBack: 'number?', latencyMicros: 'number?',
      }),
    ],
  ];

  it.each(cases)('%s is as declared', (name, found, expected) => {
    expect(differences(found, expected, name)).toEqual([]);
  });

  it('has nothing in the golden file that is not checked here', () => {
    const notForTheConsole = ['backup', 'browse', 'certificates', 'historyAt', 'historyPlan', 'past', 'pastAnswer', 'reading', 'reload']; // for the command line and other programs
    expect(Object.keys(golden).sort()).toEqual([...cases.map(([name]) => name), ...notForTheConsole].sort());
  });

  it('takes the push and nothing else', () => {
    expect(wire.parseLive(JSON.stringify(golden.live))?.units[0]?.name).toBe('furnace');
    expect(wire.parseLive('{"type":"hello"}')).toBeNull();
    expect(wire.parseLive('null')).toBeNull();
  });
});

it('lets each role do what those before it may', () => {
  expect(wire.covers('ENGINEER', 'OPERATOR')).toBe(true);
  expect(wire.covers('OPERATOR', 'ENGINEER')).toBe(false);
});
