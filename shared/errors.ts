/**
 * The one closed table of errors: every failure that a client can see has its code here, with its HTTP status, its
 * message and what helps. `GET errors` publishes it; nothing else decides a status.
 */
interface ErrorEntry {
  readonly status: number;
  readonly title: string;
  /** What happened, in words for the person who reads it. */
  readonly message: string;
  /** What would be right, for the developer who reads the catalogue. */
  readonly help: string;
}

export const errorTable = {
  VALIDATION_ERROR: {
    status: 400,
    title: 'Validation failed',
    message: 'Some fields are not valid.',
    help: 'details.fields names every field by JSON path, with the reason. Correct them and send the request again.',
  },
  MALFORMED_BODY: {
    status: 400,
    title: 'Malformed body',
    message: 'The body could not be read.',
    help: 'Send well-formed JSON in UTF-8 with Content-Type: application/json.',
  },
  UNSUPPORTED_VERSION: {
    status: 400,
    title: 'Unsupported API version',
    message: 'That API version does not exist.',
    help: 'Leave the API-Version header out, or send one of the dates in details.supported.',
  },
  UNAUTHENTICATED: {
    status: 401,
    title: 'Not signed in',
    message: 'Sign in to do this.',
    help: 'Send a valid session cookie, bearer token or API key. A token ends after 15 minutes: refresh it.',
  },
  INVALID_CREDENTIALS: {
    status: 401,
    title: 'Sign-in failed',
    message: 'The e-mail address or the password is not right.',
    help: 'Check both. The answer is the same whether or not the account exists.',
  },
  FORBIDDEN: {
    status: 403,
    title: 'Not allowed',
    message: 'You are not allowed to do this.',
    help: 'details.permission names the permission that is needed.',
  },
  CSRF_REFUSED: {
    status: 403,
    title: 'Cross-site request refused',
    message: 'This request did not come from the application itself.',
    help: 'Requests that carry the session cookie and change something must come from the same origin, with a JSON body.',
  },
  MFA_REQUIRED: {
    status: 403,
    title: 'Second factor required',
    message: 'A second factor is required.',
    help: 'Complete the sign-in with a code, or enrol a second factor first.',
  },
  ENTITY_NOT_FOUND: {
    status: 404,
    title: 'Not found',
    message: 'There is no such thing, or it is not yours.',
    help: 'Check the id. What belongs to somebody else answers the same.',
  },
  ROUTE_NOT_FOUND: {
    status: 404,
    title: 'No such route',
    message: 'There is no such address.',
    help: 'GET the API root for the list of addresses.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'Method not allowed',
    message: 'This address does not answer that method.',
    help: 'The Allow header lists the methods.',
  },
  NOT_ACCEPTABLE: {
    status: 406,
    title: 'Not acceptable',
    message: 'None of the representations you accept can be given.',
    help: 'Accept application/json, application/xml or, for lists, text/csv.',
  },
  DUPLICATE_ENTITY: {
    status: 409,
    title: 'Already exists',
    message: 'That already exists.',
    help: 'details.field names the value that must be unique.',
  },
  INVALID_STATE: {
    status: 409,
    title: 'Not possible in this state',
    message: 'That is not possible in the present state.',
    help: 'details.state says the present state and details.allowed what it allows.',
  },
  OUT_OF_STOCK: {
    status: 409,
    title: 'Out of stock',
    message: 'There is not enough in stock.',
    help: 'details.lines names each product with what was asked for and what is available.',
  },
  PRODUCT_UNAVAILABLE: {
    status: 409,
    title: 'Not for sale',
    message: 'A product in the basket is not for sale.',
    help: 'details.lines names the products. Take them out and order again.',
  },
  MIXED_SELLERS: {
    status: 409,
    title: 'More than one seller',
    message: 'An order is for one seller.',
    help: 'details.split gives the orders that would work: place each by itself.',
  },
  REQUEST_IN_PROGRESS: {
    status: 409,
    title: 'Request in progress',
    message: 'The same request is still being worked on.',
    help: 'Send it again with the same Idempotency-Key after the time in Retry-After.',
  },
  CONFLICT: {
    status: 409,
    title: 'Changed meanwhile',
    message: 'Somebody else changed this at the same moment.',
    help: 'Read it again and repeat the change. Nothing was changed by this request.',
  },
  PRECONDITION_FAILED: {
    status: 412,
    title: 'Changed meanwhile',
    message: 'This was changed since you read it.',
    help: 'Read it again and send the new ETag in If-Match.',
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    title: 'Too large',
    message: 'The body is too large.',
    help: 'details.limitBytes says how much is allowed.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'Unsupported media type',
    message: 'The body is of a type that is not read here.',
    help: 'Send Content-Type: application/json.',
  },
  IDEMPOTENCY_CONFLICT: {
    status: 422,
    title: 'Idempotency key used before',
    message: 'That Idempotency-Key was used for another request.',
    help: 'A key stands for one body. Use a new key for a new request.',
  },
  RATE_LIMITED: {
    status: 429,
    title: 'Too many requests',
    message: 'Too many requests. Try again later.',
    help: 'Wait as many seconds as Retry-After says.',
  },
  INTERNAL_ERROR: {
    status: 500,
    title: 'Something went wrong',
    message: 'Something went wrong on our side.',
    help: 'Try again. If it stays, tell support the request id.',
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    title: 'Not available now',
    message: 'This is not available at the moment.',
    help: 'Try again after the time in Retry-After.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;

/** Where in a request a value was wrong: JSON path below params, query, headers or body. */
export interface FieldProblem {
  path: string;
  message: string;
}

/**
 * The only error that code throws on purpose. The adapters map it once to the reply.
 * `details` is shown to the client: never put anything internal or personal in it.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;
  /** Extra reply headers, for example `retry-after`. */
  readonly headers: Record<string, string>;
  constructor(
    code: ErrorCode,
    options: {
      message?: string;
      details?: Record<string, unknown>;
      headers?: Record<string, string>;
      cause?: unknown;
    } = {},
  ) {
    super(
      options.message ?? errorTable[code].message,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = 'AppError';
    this.code = code;
    this.details = options.details;
    this.headers = options.headers ?? {};
  }
  get status(): number {
    return errorTable[this.code].status;
  }
}

/** VALIDATION_ERROR for fields that a rule, not a schema, found wrong. */
export function invalid(...fields: FieldProblem[]): AppError {
  return new AppError('VALIDATION_ERROR', { details: { fields } });
}
/** ENTITY_NOT_FOUND, the same for what is missing and what is foreign. */
export function notFound(): AppError {
  return new AppError('ENTITY_NOT_FOUND');
}
