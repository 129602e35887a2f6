/** Reads and writes the XML of S3's REST protocol. */
import { XMLParser } from 'fast-xml-parser';
import { AwsError, type AwsResponse } from '../../types.ts';

/** An array repeats the element; undefined leaves it out. */
export type XmlValue = string | number | boolean | undefined | XmlValue[] | { [name: string]: XmlValue };

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

function elementOf(name: string, value: XmlValue): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((one) => elementOf(name, one)).join('');
  if (typeof value === 'object') return `<${name}>${contentOf(value)}</${name}>`;
  return `<${name}>${String(value).replace(/[&<>"\r]/g, (character) => escapes[character] ?? '')}</${name}>`;
}
const contentOf = (value: { [name: string]: XmlValue }): string =>
  Object.entries(value)
    .map(([name, child]) => elementOf(name, child))
    .join('');

export function xmlResponse(root: string, content: { [name: string]: XmlValue }): AwsResponse {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${contentOf(content)}</${root}>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

const parser = new XMLParser({ parseTagValue: false, ignoreDeclaration: true, processEntities: true });

/** Content of the root element; texts stay texts. Throws MalformedXML. */
export function readXml(body: Buffer): Record<string, unknown> {
  try {
    const [root] = Object.values(parser.parse(body.toString('utf8'), true) as Record<string, unknown>);
    return typeof root === 'object' && root !== null ? (root as Record<string, unknown>) : {};
  } catch {
    throw new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
}

/** An element that may occur once or often, as an array. */
export function manyOf<T>(value: unknown): T[] {
  return value === undefined || value === '' ? [] : ([value].flat() as T[]);
}
