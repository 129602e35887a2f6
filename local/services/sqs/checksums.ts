/** The checksums by which SDKs verify messages; the algorithm is the one of the SQS developer guide. Pure. */
import { createHash } from 'node:crypto';

export interface MessageAttribute {
  DataType: string;
  StringValue?: string;
  /** base64 */
  BinaryValue?: string;
}
export type MessageAttributes = Record<string, MessageAttribute>;

export const checksumOfBody = (body: string): string => createHash('md5').update(body).digest('hex');

/** undefined when there are no attributes, as the field is then left out. */
export function checksumOfAttributes(attributes: MessageAttributes | undefined): string | undefined {
  const names = Object.keys(attributes ?? {}).sort();
  if (!attributes || names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (value: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(value.length);
    hash.update(length).update(value);
  };
  for (const name of names) {
    const { DataType = '', StringValue, BinaryValue } = attributes[name] ?? {};
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    const isBinary = DataType.startsWith('Binary');
    hash.update(Buffer.from([isBinary ? 2 : 1]));
    add(isBinary ? Buffer.from(BinaryValue ?? '', 'base64') : Buffer.from(StringValue ?? ''));
  }
  return hash.digest('hex');
}

/** Bytes that a message counts: its body, and name, type and value of its attributes. */
export function sizeOf(body: string, attributes: MessageAttributes | undefined): number {
  let size = Buffer.byteLength(body);
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes ?? {})) {
    size += Buffer.byteLength(name) + Buffer.byteLength(DataType ?? '');
    size += StringValue ? Buffer.byteLength(StringValue) : Buffer.byteLength(BinaryValue ?? '', 'base64');
  }
  return size;
}
