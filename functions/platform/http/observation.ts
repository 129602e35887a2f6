/** One access line and one metrics line per request. Never bodies, tokens, addresses or query strings. */
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { Contract } from '../../../shared/contracts/contract.ts';
import type { ApiReply, Exchange } from './exchange.ts';
import type { HttpMiddleware } from './middleware.ts';

export function observation(contract: Contract, log: Logger, metrics: Metrics): HttpMiddleware {
  let isFirst = true;
  const finish = ({ event: exchange, response }: { event: Exchange; response: ApiReply }) => {
    const status = response.statusCode;
    const duration = Math.round(exchange.elapsedMs * 10) / 10;
    log.info('request', {
      method: contract.method,
      path: contract.path,
      status,
      duration,
      ...(exchange.actor ? { actor: exchange.actor.id } : undefined),
      ...(exchange.errorCode ? { code: exchange.errorCode } : undefined),
    });
    metrics.addMetric('Requests', 'Count', 1);
    metrics.addMetric('Errors', 'Count', status >= 500 ? 1 : 0);
    metrics.addMetric('ClientErrors', 'Count', status >= 400 && status < 500 ? 1 : 0);
    metrics.addMetric('Latency', 'Milliseconds', duration);
    if (isFirst) metrics.addMetric('ColdStart', 'Count', 1);
    isFirst = false;
    metrics.publishStoredMetrics();
    log.resetKeys();
  };
  return {
    before({ event: { requestId, correlationId, face } }) {
      log.appendKeys({ requestId, correlationId, face });
    },
    after: finish,
    onError: finish,
  };
}
