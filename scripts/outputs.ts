/** Which deployment an operator's command works on: one on AWS, by its outputs file, or what runs on this machine. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Target } from '../demo/load.ts';

const DEFAULT_PORT = 3000;

/**
 * Outputs of the stacks. With a file, credentials and region come from the environment, as for the AWS CLI; without one they are those of the
 * platform that `npm start` runs here (PORT as it was started with). Throws when there is neither.
 */
export function outputsOf(file: string | undefined): Record<string, Record<string, string>> {
  if (file !== undefined) return JSON.parse(readFileSync(file, 'utf8'));
  const port = Number(process.env.PORT ?? DEFAULT_PORT);
  const running = join('.local', port === DEFAULT_PORT ? 'state' : `state-${port}`, 'running.json');
  if (!existsSync(running))
    throw new Error(
      'Nothing was started here: run npm start first, or name a deployment by --outputs (see README.md).',
    );
  const { endpoint, outputs, credentials } = JSON.parse(readFileSync(running, 'utf8')) as Target;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });
  return outputs;
}
