/**
 * Reads a raw mail (RFC 5322 with MIME): headers with encoded words, nested multiparts, base64 and quoted-printable,
 * any charset that TextDecoder knows. Pure.
 */
export interface ParsedMail {
  headers: Record<string, string>;
  text: string;
  html: string;
  attachments: { name: string; contentType: string; size: number }[];
}

export function parseMail(raw: Buffer): ParsedMail {
  const part = splitPart(raw.toString('latin1'));
  const mail: ParsedMail = { headers: {}, text: '', html: '', attachments: [] };
  for (const [name, value] of part.headers) mail.headers[name] = decodeWords(value);
  collect(part, mail);
  return mail;
}

/** Addresses of a header such as `To`: commas within quotes or comments of a name don't part them. */
export function addressesOf(header: string | undefined): string[] {
  return (header ?? '')
    .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .map((address) => address.trim())
    .filter((address) => address !== '');
}

/** `Name <a@b.c>` gives `a@b.c`, in lower case. */
export function plainAddress(address: string): string {
  return (/<([^<>]+)>\s*$/.exec(address)?.[1] ?? address).trim().toLowerCase();
}

interface Part {
  /** Names in lower case. */
  headers: Map<string, string>;
  /** One character per byte. */
  body: string;
}

function splitPart(source: string): Part {
  const end = /\r?\n\r?\n/.exec(source);
  const head = end ? source.slice(0, end.index) : source;
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), utf8(line.slice(colon + 1).trim()));
  }
  return { headers, body: end ? source.slice(end.index + end[0].length) : '' };
}

const utf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

function collect(part: Part, mail: ParsedMail): void {
  const type = part.headers.get('content-type') ?? 'text/plain';
  const kind = (type.split(';')[0] ?? '').trim().toLowerCase();
  const boundary = parameter(type, 'boundary');
  if (kind.startsWith('multipart/') && boundary) {
    const pieces = part.body.split(
      new RegExp(`(?:^|\\r?\\n)--${escapeForRegExp(boundary)}(?:--)?[ \\t]*(?:\\r?\\n|$)`),
    );
    for (const piece of pieces.slice(1)) if (piece.trim() !== '') collect(splitPart(piece), mail);
    return;
  }
  const content = decodeTransfer(part.body, part.headers.get('content-transfer-encoding') ?? '');
  const disposition = part.headers.get('content-disposition') ?? '';
  const name = parameter(disposition, 'filename') ?? parameter(type, 'name');
  const isAttachment = /^attachment/i.test(disposition) || name !== undefined;
  if (!isAttachment && (kind === 'text/plain' || kind === 'text/html')) {
    const text = new TextDecoder(parameter(type, 'charset') ?? 'utf-8').decode(content);
    if (kind === 'text/html') mail.html += text;
    else mail.text += text;
  } else {
    mail.attachments.push({ name: decodeWords(name ?? ''), contentType: kind, size: content.length });
  }
}

function parameter(header: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(header);
  return found?.[1] ?? found?.[2];
}

const escapeForRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

function decodeTransfer(body: string, encoding: string): Buffer {
  const kind = encoding.trim().toLowerCase();
  if (kind === 'base64') return Buffer.from(body, 'base64');
  if (kind === 'quoted-printable') return quotedPrintable(body.replace(/=[ \t]*\r?\n/g, ''));
  return Buffer.from(body, 'latin1');
}

const quotedPrintable = (text: string): Buffer =>
  Buffer.from(
    text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

/** RFC 2047: `=?utf-8?B?...?=`; white space between two encoded words is no part of the text. */
function decodeWords(text: string): string {
  return text
    .replace(/(\?=)\s+(?==\?)/g, '$1')
    .replace(/=\?([^?*]+)(?:\*[^?]*)?\?([bq])\?([^?]*)\?=/gi, (_, charset: string, kind: string, data: string) => {
      const bytes =
        kind.toLowerCase() === 'b' ? Buffer.from(data, 'base64') : quotedPrintable(data.replaceAll('_', ' '));
      return new TextDecoder(charset).decode(bytes);
    });
}
