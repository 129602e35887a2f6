/** Reads the public keys of the user pool at deployment, so that no function fetches them when it starts. */
import { runtimeEnv } from '../platform/env.ts';
import { resource } from '../platform/resource.ts';

export const handler = resource({
  id: 'deployment.user-pool-keys',
  access: {},
  errorImpact: 'A deployment of the identity stack stops. Nothing that runs is affected.',
  async run({ type, properties }) {
    const userPoolId = String(properties.UserPoolId);
    if (type === 'Delete') return { physicalId: userPoolId };
    const { region, endpointUrl } = runtimeEnv();
    const base = endpointUrl ?? `https://cognito-idp.${region}.amazonaws.com`;
    const response = await fetch(`${base}/${userPoolId}/.well-known/jwks.json`);
    if (!response.ok) throw new Error(`The user pool answered ${response.status} for its keys.`);
    return { physicalId: userPoolId, data: { Jwks: JSON.stringify(await response.json()) } };
  },
});
