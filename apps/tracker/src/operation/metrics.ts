import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the tracker has now; read when somebody looks. */
export interface Measured {
  readonly connections: number;
  readonly sessions: number;
  readonly users: number;
  readonly usersOnline: number;
  readonly entries: number;
  readonly relaysOpen: number;
  /** Since the start. */
  readonly relayBytes: number;
  readonly isReady: boolean;
}

/** What happens is counted here. Owns one event loop monitor, until it is closed. */
export interface Metrics {
  /** `outcome`: `ok` or the code of the error. */
  readonly requestAnswered: (name: string, outcome: string, seconds: number) => void;
  readonly httpAnswered: (route: string, status: number, seconds: number) => void;
  readonly diskFailed: () => void;
  /** The text that Prometheus reads. */
  read(): Promise<{ readonly contentType: string; readonly text: string }>;
  /** Twice without harm. */
  close(): void;
}

const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** Downloads and uploads take minutes. */
const httpBuckets = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60, 300, 1800];
const loopResolutionMs = 10;

export function createMetrics(measure: () => Measured): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const loop = monitorEventLoopDelay({ resolution: loopResolutionMs });
  loop.enable();

  const gauges: readonly (readonly [name: string, help: string, of: (measured: Measured) => number])[] = [
    ['enxame_connections', 'Socket.IO connections', ({ connections }) => connections],
    ['enxame_sessions', 'Devices with a session', ({ sessions }) => sessions],
    ['enxame_users', 'Registered users', ({ users }) => users],
    ['enxame_users_online', 'Users with a device online', ({ usersOnline }) => usersOnline],
    ['enxame_entries', 'Entries of the catalogue', ({ entries }) => entries],
    ['enxame_relays_open', 'Relayed connections now', ({ relaysOpen }) => relaysOpen],
    ['enxame_ready', '1 while the tracker serves and its disk takes writes', ({ isReady }) => Number(isReady)],
  ];
  const shown = gauges.map(([name, help, of]) => [new Gauge({ name, help, registers }), of] as const);
  const relayBytes = new Counter({ name: 'enxame_relay_bytes_total', help: 'Bytes that came in to be relayed', registers }); // prettier-ignore
  const loopDelay = new Gauge({
    name: 'enxame_event_loop_delay_seconds',
    help: 'How late the event loop was since the last look',
    labelNames: ['quantile'],
    registers,
  });
  const memory = new Gauge({ name: 'process_resident_memory_bytes', help: 'Resident memory', registers });
  const cpu = new Counter({ name: 'process_cpu_seconds_total', help: 'User and system CPU time', registers });
  const started = new Gauge({ name: 'process_start_time_seconds', help: 'When the process started, since 1970', registers }); // prettier-ignore
  started.set(Math.round(Date.now() / 1000 - process.uptime()));
  const requests = new Counter({
    name: 'enxame_requests_total',
    help: 'Answered requests of devices',
    labelNames: ['name', 'outcome'],
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'enxame_request_seconds',
    help: 'From a request of a device to its answer',
    labelNames: ['name'],
    buckets: requestBuckets,
    registers,
  });
  const http = new Counter({
    name: 'enxame_http_requests_total',
    help: 'Answered HTTP requests',
    labelNames: ['route', 'status'],
    registers,
  });
  const httpSeconds = new Histogram({
    name: 'enxame_http_request_seconds',
    help: 'From an HTTP request to the end of its answer',
    labelNames: ['route'],
    buckets: httpBuckets,
    registers,
  });
  const diskErrors = new Counter({ name: 'enxame_disk_errors_total', help: 'Writes that failed', registers });

  return {
    requestAnswered: (name, outcome, seconds) => {
      requests.inc({ name, outcome });
      requestSeconds.observe({ name }, seconds);
    },
    httpAnswered: (route, status, seconds) => {
      http.inc({ route, status: String(status) });
      httpSeconds.observe({ route }, seconds);
    },
    diskFailed: () => {
      diskErrors.inc();
    },
    read: async () => {
      const now = measure();
      for (const [gauge, of] of shown) gauge.set(of(now));
      setCounter(relayBytes, now.relayBytes);
      memory.set(process.memoryUsage.rss());
      const { user, system } = process.cpuUsage();
      setCounter(cpu, (user + system) / 1e6);
      for (const quantile of [0.5, 0.99, 1]) {
        // Nanoseconds, with the resolution in them: what is above it is delay.
        const delayMs = Math.max(0, loop.percentile(quantile * 100) / 1e6 - loopResolutionMs);
        loopDelay.set({ quantile: String(quantile) }, delayMs / 1000);
      }
      loop.reset();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
    close: () => {
      loop.disable();
    },
  };
}

/** Of a total that is counted elsewhere. */
function setCounter(counter: Counter, value: number): void {
  counter.reset();
  counter.inc(value);
}
