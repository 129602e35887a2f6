/** Writes an error in the protocol of the request, so that any AWS SDK throws its right class. */
import { randomUUID } from 'node:crypto';
import type { AwsError, AwsResponse } from './types.ts';

export type Protocol = 'json' | 'rest-json' | 'rest-xml' | 'query';

export interface ErrorContext {
  protocol: Protocol;
  /** Content type of the request, echoed by the JSON protocols. */
  contentType: string;
  requestId: string;
  resource: string;
}

/** A request id as AWS makes them. */
export function newRequestId(): string {
  return randomUUID();
}

export function errorResponse(
  error: AwsError,
  { protocol, contentType, requestId, resource }: ErrorContext,
): AwsResponse {
  switch (protocol) {
    case 'rest-xml': {
      const code = xmlCode(error.code);
      const status = code === 'AccessDenied' ? 403 : error.status;
      const fields = { Code: code, Message: error.message, Resource: resource, RequestId: requestId };
      const body = Object.entries({ ...error.extra, ...fields }).map(
        ([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`,
      );
      return {
        status,
        headers: { 'content-type': 'application/xml' },
        body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${body.join('')}</Error>`,
      };
    }
    case 'query': {
      const code = xmlCode(error.code);
      const type = error.status >= 500 ? 'Receiver' : 'Sender';
      return {
        status: code === 'AccessDenied' ? 403 : error.status,
        headers: { 'content-type': 'text/xml' },
        body: `<ErrorResponse><Error><Type>${type}</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      };
    }
    case 'rest-json': {
      const status = error.code === 'AccessDeniedException' ? 403 : error.status;
      return {
        status,
        headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code },
        body: JSON.stringify({ ...error.extra, __type: error.code, message: error.message, Message: error.message }),
      };
    }
    default:
      return {
        status: error.code === 'UnrecognizedClientException' ? 400 : error.status,
        headers: {
          'content-type': contentType.startsWith('application/x-amz-json') ? contentType : 'application/x-amz-json-1.0',
          'x-amzn-errortype': error.code,
        },
        body: JSON.stringify({ ...error.extra, __type: error.code, message: error.message }),
      };
  }
}

/** The names under which S3 and the query protocol know what the JSON services call otherwise. */
function xmlCode(code: string): string {
  if (code === 'AccessDeniedException') return 'AccessDenied';
  return code === 'UnrecognizedClientException' ? 'InvalidAccessKeyId' : code;
}

export function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
