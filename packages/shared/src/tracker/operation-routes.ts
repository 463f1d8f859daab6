import { z } from 'zod';
import type { ApiRoute } from './api-route.js';
import { helloPath, helloSchema } from './hello.js';

const stateSchema = z.object({ ok: z.boolean() });

/** What whoever runs the tracker asks, and who knocks at its door. (docs/spec/tracker-protocol.md, T1, T80 to T83) */
export const operationRoutes = {
  hello: {
    method: 'get',
    path: helloPath,
    access: 'anyone',
    summary: 'Which tracker this is, and the proof for its certificate.',
    reply: helloSchema,
  },
  healthz: {
    method: 'get',
    path: '/healthz',
    access: 'anyone',
    summary: 'Whether the process runs.',
    reply: stateSchema,
  },
  readyz: {
    method: 'get',
    path: '/readyz',
    access: 'anyone',
    summary: 'Whether it serves: 503 while it drains, and while its disk takes no writes.',
    reply: stateSchema,
    refusals: { 503: stateSchema },
  },
  metrics: {
    method: 'get',
    path: '/metrics',
    access: 'anyone',
    summary: 'Figures for Prometheus. To whom a setting does not allow it the route is not there.',
    reply: 'text',
  },
} as const satisfies Readonly<Record<string, ApiRoute>>;
