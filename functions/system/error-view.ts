/** One entry of the error catalogue as the API shows it. */
import type { Output } from '../../shared/contracts/contract.ts';
import { getError } from '../../shared/contracts/system/get-error.ts';
import { type ErrorCode, errorTable } from '../../shared/errors.ts';
import { links } from '../platform/http.ts';

type LinkContext = Parameters<typeof links>[0];

export function errorView(code: ErrorCode, context: LinkContext): Output<typeof getError> {
  return { code, ...errorTable[code], _links: links(context, { self: [getError, { code }] }) };
}
