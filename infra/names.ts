/** Names of resources that others find by name. */
import { Aws } from 'aws-cdk-lib';

const LAMBDA_NAME_LIMIT = 64;

/** `mewayz-<stage>-<area>-<operation>`. Throws when it is longer than Lambda allows. */
export function functionName(stage: string, id: string): string {
  const name = `mewayz-${stage}-${id.replaceAll('.', '-')}`;
  if (name.length > LAMBDA_NAME_LIMIT) throw new Error(`${name} is longer than ${LAMBDA_NAME_LIMIT} characters.`);
  return name;
}

/** Name of a stack: `mewayz-<stage>-<part>`. */
export function stackName(stage: string, part: string): string {
  return `mewayz-${stage}-${part}`;
}

/** SSM parameter that previews and operators read: `/mewayz/<stage>/<name>`. */
export function parameterName(stage: string, name: string): string {
  return `/mewayz/${stage}/${name}`;
}

/** Bucket of files: named, so that the page's policy can name it before it is there. Evaluated at deployment. */
export function bucketName(stage: string, what: 'uploads' | 'media'): string {
  return `mewayz-${stage}-${what}-${Aws.ACCOUNT_ID}-${Aws.REGION}`;
}

/** Configuration set that all mail is sent with. */
export function configurationSetName(stage: string): string {
  return `mewayz-${stage}`;
}

/** Construct id from a kebab or dotted id: `orders.on-order-placed.email` → `OnOrderPlacedEmail` (the area is the stack). */
export function constructId(id: string): string {
  return id
    .slice(id.indexOf('.') + 1)
    .split(/[.-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** Alias that every caller invokes. */
export const LIVE = 'live';
