/**
 * What a REST API says itself, without its function: the documented default of each response type, as the API's gateway
 * responses change it. https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
import type { EdgeResponse } from '../../types.ts';
import { type ContextTemplate, type ContextValues, compileContextTemplate } from '../edge/context-template.ts';
import type { GatewayResponseSetting } from './rest-api-definition.ts';

interface DefaultResponse {
  status: number;
  message: string;
  errorType: string;
}

const DEFAULTS = {
  BAD_REQUEST_BODY: { status: 400, message: 'Invalid request body', errorType: 'BadRequestException' },
  BAD_REQUEST_PARAMETERS: { status: 400, message: 'Invalid request parameters', errorType: 'BadRequestException' },
  FORBIDDEN: { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
  INVALID_API_KEY: { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    message: 'Missing Authentication Token',
    errorType: 'MissingAuthenticationTokenException',
  },
  REQUEST_TOO_LARGE: { status: 413, message: 'Request Too Long', errorType: 'RequestTooLongException' },
  THROTTLED: { status: 429, message: 'Too Many Requests', errorType: 'TooManyRequestsException' },
  QUOTA_EXCEEDED: { status: 429, message: 'Limit Exceeded', errorType: 'LimitExceededException' },
  API_CONFIGURATION_ERROR: { status: 500, message: 'Internal server error', errorType: 'InternalServerErrorException' },
  /** The function failed or answered nonsense: no type of its own, so only DEFAULT_5XX changes it. */
  BAD_GATEWAY: { status: 502, message: 'Internal server error', errorType: 'InternalServerErrorException' },
  INTEGRATION_TIMEOUT: {
    status: 504,
    message: 'Endpoint request timed out',
    errorType: 'InternalServerErrorException',
  },
} as const satisfies Record<string, DefaultResponse>;

export type GatewayResponseType = keyof typeof DEFAULTS;

/** `message` replaces the default one. */
export type GatewayResponder = (
  type: GatewayResponseType,
  context: ContextValues,
  requestHeader: (name: string) => string | undefined,
  message?: string,
) => EdgeResponse;

interface CompiledSetting {
  status: number | undefined;
  headers: { name: string; value: HeaderValue }[];
  body: { contentType: string; template: ContextTemplate } | undefined;
}
type HeaderValue = (context: ContextValues, requestHeader: (name: string) => string | undefined) => string | undefined;

export function createGatewayResponder(settings: ReadonlyMap<string, GatewayResponseSetting>): GatewayResponder {
  const compiled = new Map([...settings].map(([type, setting]) => [type, compile(setting)]));
  return (type, context, requestHeader, message) => {
    const standard: DefaultResponse = DEFAULTS[type];
    const setting = compiled.get(type) ?? compiled.get(standard.status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
    const text = message ?? standard.message;
    const headers: EdgeResponse['headers'] = {
      'content-type': setting?.body?.contentType ?? 'application/json',
      'x-amzn-errortype': standard.errorType,
    };
    for (const { name, value } of setting?.headers ?? []) {
      const resolved = value(context, requestHeader);
      if (resolved !== undefined) headers[name] = resolved;
    }
    const values = {
      ...context,
      'context.error.message': text,
      'context.error.messageString': JSON.stringify(text),
      'context.error.responseType': type,
    };
    const body = setting?.body ? setting.body.template(values) : JSON.stringify({ message: text });
    return { status: setting?.status ?? standard.status, headers, body: Buffer.from(body) };
  };
}

function compile(setting: GatewayResponseSetting): CompiledSetting {
  const headers = Object.entries(setting.parameters).flatMap(([target, source]) => {
    const name = /^gatewayresponse\.header\.(.+)$/.exec(target)?.[1];
    return name === undefined ? [] : [{ name: name.toLowerCase(), value: compileHeader(source) }];
  });
  const [first] = Object.entries(setting.templates);
  const body = first && { contentType: first[0], template: compileContextTemplate(first[1]) };
  return { status: setting.status, headers, body };
}

function compileHeader(source: string): HeaderValue {
  const literal = /^'(.*)'$/.exec(source);
  if (literal) return () => literal[1];
  const header = /^method\.request\.(?:multivalue)?header\.(.+)$/.exec(source);
  if (header) return (_context, requestHeader) => requestHeader((header[1] as string).toLowerCase());
  return (context) => {
    const value = context[source];
    return value === undefined ? undefined : String(value);
  };
}
