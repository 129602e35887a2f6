/**
 * Browser uploads: reads the form of a POST and checks it against its signed policy, after "Creating a POST policy" of
 * the S3 reference. Who signed it is for the caller to verify. Pure.
 */
import { AwsError, type Json } from '../../types.ts';

export interface UploadForm {
  /** Names in lower case. */
  fields: Map<string, string>;
  file: Buffer;
  fileName: string;
  fileType: string | undefined;
}

/** Fields after the file are ignored, as in S3. Throws MalformedPOSTRequest. */
export function readForm(contentType: string, body: Buffer): UploadForm {
  const malformed = () =>
    new AwsError('MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.');
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  if (!boundary) throw malformed();
  const marker = Buffer.from(`--${boundary[1] ?? boundary[2]}`);
  const fields = new Map<string, string>();
  let at = body.indexOf(marker);
  while (at >= 0) {
    const start = at + marker.length;
    if (body.subarray(start, start + 2).toString() === '--') break;
    const headEnd = body.indexOf('\r\n\r\n', start);
    const next = body.indexOf(Buffer.concat([Buffer.from('\r\n'), marker]), headEnd);
    if (headEnd < 0 || next < 0) throw malformed();
    const head = body.subarray(start, headEnd).toString('utf8');
    const content = body.subarray(headEnd + 4, next);
    const name = /[;\s]name="([^"]*)"/i.exec(head)?.[1]?.toLowerCase();
    if (name === undefined) throw malformed();
    if (name === 'file') {
      const fileName = /filename="([^"]*)"/i.exec(head)?.[1] ?? '';
      const fileType = /^content-type:\s*(.+?)\s*$/im.exec(head)?.[1];
      return { fields, file: Buffer.from(content), fileName, fileType };
    }
    fields.set(name, content.toString('utf8'));
    at = next + 2;
  }
  throw new AwsError('InvalidArgument', 'POST requires exactly one file upload per request.');
}

const unchecked = /^(x-amz-signature|file|policy|x-ignore-.*)$/;

/** Throws AccessDenied, EntityTooLarge, EntityTooSmall or InvalidPolicyDocument with the words of S3. */
export function checkPolicy(form: UploadForm, bucket: string, now: number): void {
  const policy = parsePolicy(form.fields.get('policy') ?? '');
  const denied = (reason: string) => new AwsError('AccessDenied', `Invalid according to Policy: ${reason}`, 403);
  const expiration = Date.parse(String(policy.expiration));
  if (Number.isNaN(expiration)) throw invalid('Invalid Policy: Policy missing expiration.');
  if (now > expiration) throw denied('Policy expired.');

  const values = new Map(form.fields).set('bucket', bucket);
  const covered = new Set<string>();
  for (const condition of policy.conditions) {
    const [operator, subject, expected] = normalized(condition);
    if (operator === 'content-length-range') {
      const [least, most] = [Number(subject), Number(expected)];
      if (form.file.length < least) {
        throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
      }
      if (form.file.length > most) {
        throw new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
      }
      continue;
    }
    const name = subject.replace(/^\$/, '').toLowerCase();
    const value = values.get(name) ?? '';
    covered.add(name);
    const fulfils = operator === 'eq' ? value === expected : value.split(',').every((one) => one.startsWith(expected));
    const met = operator === 'starts-with' && name !== 'content-type' ? value.startsWith(expected) : fulfils;
    if (!met) throw denied(`Policy Condition failed: ["${operator}", "$${name}", "${expected}"]`);
  }
  const extra = [...form.fields.keys()].find((name) => !covered.has(name) && !unchecked.test(name));
  if (extra !== undefined) throw denied(`Extra input fields: ${extra}`);
}

const invalid = (message: string) => new AwsError('InvalidPolicyDocument', message);

function parsePolicy(encoded: string): { expiration: Json; conditions: Json[] } {
  let policy: { expiration?: Json; conditions?: Json };
  try {
    policy = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
  } catch {
    throw invalid('Invalid Policy: Invalid JSON.');
  }
  if (!Array.isArray(policy.conditions)) throw invalid('Invalid Policy: Policy missing conditions.');
  return { expiration: policy.expiration ?? null, conditions: policy.conditions };
}

/** `{"acl": "private"}` is `["eq", "$acl", "private"]`. */
function normalized(condition: Json): [operator: string, subject: string, expected: string] {
  if (Array.isArray(condition) && condition.length === 3) {
    const operator = String(condition[0]).toLowerCase();
    if (['eq', 'starts-with', 'content-length-range'].includes(operator)) {
      return [operator, String(condition[1]), String(condition[2])];
    }
  } else if (typeof condition === 'object' && condition !== null && !Array.isArray(condition)) {
    const [entry] = Object.entries(condition);
    if (entry) return ['eq', `$${entry[0]}`, String(entry[1])];
  }
  throw invalid(`Invalid Policy: Invalid condition ${JSON.stringify(condition)}.`);
}
