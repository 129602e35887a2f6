/** Verifies what the client says of the bytes it sent. CRC32C and CRC64NVME are kept but not verified: Node lacks them. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import { AwsError } from '../../types.ts';

const algorithms: Record<string, (body: Buffer) => string> = {
  'x-amz-checksum-crc32': (body) => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return sum.toString('base64');
  },
  'x-amz-checksum-sha1': (body) => createHash('sha1').update(body).digest('base64'),
  'x-amz-checksum-sha256': (body) => createHash('sha256').update(body).digest('base64'),
};
const kept = [...Object.keys(algorithms), 'x-amz-checksum-crc32c', 'x-amz-checksum-crc64nvme'];

/** The checksum header that came with the body. Throws BadDigest or InvalidDigest. */
export function verifiedChecksum(headers: IncomingHttpHeaders, body: Buffer): Record<string, string> {
  const contentMd5 = headers['content-md5'];
  if (contentMd5 !== undefined && contentMd5 !== createHash('md5').update(body).digest('base64')) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  for (const name of kept) {
    const value = headers[name]?.toString();
    if (value === undefined) continue;
    const computed = algorithms[name]?.(body);
    if (computed !== undefined && computed !== value) {
      const algorithm = name.slice('x-amz-checksum-'.length).toUpperCase();
      throw new AwsError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
    }
    return { [name]: value };
  }
  return {};
}
