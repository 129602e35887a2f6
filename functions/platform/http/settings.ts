/** What the adapter takes from the environment, read once per container. */
import { env, optionalEnv } from '../env.ts';

export interface HttpSettings {
  stage: string;
  /** Without a slash at the end. */
  publicUrl: string;
  /** Origins that browsers may call from, ours first. */
  origins: readonly string[];
  originSecret: string | undefined;
}

export function httpSettings(): HttpSettings {
  const publicUrl = env('publicUrl').replace(/\/+$/, '');
  const others = (optionalEnv('corsOrigins') ?? '')
    .split(',')
    .map((origin) => origin.trim())
    .filter(Boolean);
  return {
    stage: env('stage'),
    publicUrl,
    origins: [new URL(publicUrl).origin, ...others],
    originSecret: optionalEnv('originSecret'),
  };
}
