import type { Cloud, Json } from '../../types.ts';

export interface LoggedRequest {
  time: string;
  method: string;
  path: string;
  status: number;
  durationMs: number;
  /** Route, function or origin that answered. */
  target: string;
  requestId: string;
}

/** The newest requests of one service, for the console; each also goes to the platform's log at debug. */
export interface RequestLog {
  add(request: LoggedRequest): void;
  /** Newest first. */
  recent(): Json;
}

export function createRequestLog(cloud: Cloud, service: string, size = 200): RequestLog {
  const ring: LoggedRequest[] = [];
  let next = 0;
  return {
    add(request) {
      ring[next] = request;
      next = (next + 1) % size;
      cloud.log('debug', `${service} ${request.method} ${request.path} ${request.status}`, {
        durationMs: request.durationMs,
        target: request.target,
        requestId: request.requestId,
      });
    },
    recent: () => [...ring.slice(next), ...ring.slice(0, next)].reverse().map((request) => ({ ...request })),
  };
}

/** Milliseconds since `startedAt` (of `performance.now()`), to the hundredth. */
export function elapsedMs(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 100) / 100;
}
