/** A Lambda proxy integration, as OpenAPI's `x-amazon-apigateway-integration` or a template declares it. */
import type { JsonObject } from '../../types.ts';
import { numberOf, textOf } from '../edge/properties.ts';

export interface LambdaIntegration {
  functionArn: string;
  payloadFormatVersion: '1.0' | '2.0';
  /** undefined: the face's own limit. */
  timeoutMs: number | undefined;
}

const INVOCATION_URI = /^arn:[\w-]+:apigateway:[\w-]+:lambda:path\/[\d-]+\/functions\/(.+)\/invocations$/;

/** The function's ARN (with its qualifier) out of an invocation URI or a bare ARN; undefined for any other target. */
export function functionArnOf(uri: string): string | undefined {
  const arn = INVOCATION_URI.exec(uri)?.[1] ?? uri;
  return /^arn:[\w-]+:lambda:[\w-]+:\d+:function:/.test(arn) ? arn : undefined;
}

/** Reads `x-amazon-apigateway-integration`. `where` names the operation in errors. Throws for what is not a Lambda proxy. */
export function readIntegration(integration: JsonObject, where: string): LambdaIntegration {
  const type = (textOf(integration.type) ?? '').toLowerCase();
  if (type !== 'aws_proxy')
    throw new Error(`${where}: integrations of type "${type}" are not spoken here, only aws_proxy.`);
  return lambdaIntegration(
    textOf(integration.uri),
    textOf(integration.payloadFormatVersion),
    numberOf(integration.timeoutInMillis),
    where,
  );
}

export function lambdaIntegration(
  uri: string | undefined,
  payloadFormatVersion: string | undefined,
  timeoutMs: number | undefined,
  where: string,
): LambdaIntegration {
  const functionArn = functionArnOf(uri ?? '');
  if (!functionArn) throw new Error(`${where}: the integration's URI is no Lambda function: ${uri}`);
  const version = payloadFormatVersion ?? '1.0';
  if (version !== '1.0' && version !== '2.0') throw new Error(`${where}: unknown payload format version ${version}.`);
  return { functionArn, payloadFormatVersion: version, timeoutMs };
}
