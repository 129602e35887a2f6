import { errorCodes } from '../../shared/contracts/system/error-entry.ts';
import { listErrors } from '../../shared/contracts/system/list-errors.ts';
import { http, links } from '../platform/http.ts';
import { errorView } from './error-view.ts';

export const handler = http(listErrors, {
  access: {},
  errorImpact: 'Developers cannot read the catalogue of errors.',
  run: async (context) => ({
    errors: errorCodes.map((code) => errorView(code, context)),
    _links: links(context, { self: [listErrors] }),
  }),
});
