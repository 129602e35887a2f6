/**
 * Stands in for `@aws-sdk/credential-provider-node` in bundles (see infra/bundle.ts): Lambda always gives a function its credentials by
 * environment, so the clients for single sign-on, STS, web identities and profile files, 135 kB of each bundle and their
 * share of each cold start, are never used.
 */
import { fromEnv } from '@aws-sdk/credential-provider-env';

/** The name that the SDK's clients import. */
export const defaultProvider = () => fromEnv();
