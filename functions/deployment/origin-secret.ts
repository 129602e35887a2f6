/** Makes the secret by which the API knows that a request came through CloudFront. */
import { randomBytes } from 'node:crypto';
import { resource } from '../platform/resource.ts';

export const handler = resource({
  id: 'deployment.origin-secret',
  access: {},
  errorImpact: 'A deployment of the web stack stops. Nothing that runs is affected.',
  /** Asked for again only when `Rotation` changes in the template: then there is a new secret. */
  async run() {
    return { physicalId: 'origin-secret', data: { Secret: randomBytes(32).toString('base64url') } };
  },
});
