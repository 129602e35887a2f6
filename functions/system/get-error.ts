import { getError } from '../../shared/contracts/system/get-error.ts';
import { type ErrorCode, errorTable, notFound } from '../../shared/errors.ts';
import { http } from '../platform/http.ts';
import { errorView } from './error-view.ts';

export const handler = http(getError, {
  access: {},
  errorImpact: 'The documentation link in every error reply leads nowhere.',
  run: async (context) => {
    const { code } = context.params;
    if (!Object.hasOwn(errorTable, code)) throw notFound();
    return errorView(code as ErrorCode, context);
  },
});
