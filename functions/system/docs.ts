import { docs } from '../../shared/contracts/system/docs.ts';
import { http, raw } from '../platform/http.ts';

/** Swagger UI from our own origin; its set-up is a file too, so the policy needs no inline script. */
const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mewayz API</title>
<link rel="stylesheet" href="/docs-assets/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/docs-assets/swagger-ui-bundle.js"></script>
<script src="/docs-assets/open-docs.js"></script>
</body>
</html>
`;
/** Swagger UI draws icons from data: URLs. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const handler = http(docs, {
  access: {},
  errorImpact: 'Developers cannot open the interactive documentation.',
  run: async () =>
    raw(page, 'text/html; charset=utf-8', {
      headers: { 'content-security-policy': policy, 'cache-control': 'public, max-age=300' },
    }),
});
