/** The envelope as XML 1.0: members are elements, items of a list are `item`, null is `nil="true"`. */

/** Whatever is not a character of XML 1.0 (section 2.2), lone surrogates among it. */
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

function escaped(text: string): string {
  return text.replace(unwritable, '\ufffd').replace(/[&<>"\r]/g, (character) => entities[character] as string);
}

function element(name: string, value: unknown): string {
  if (value === undefined) return '';
  // A member whose name is no XML name keeps it in an attribute.
  const isName = /^[A-Za-z_][\w.-]*$/.test(name) && !/^xml/i.test(name);
  const open = isName ? name : `member name="${escaped(name)}"`;
  const close = isName ? name : 'member';
  if (value === null) return `<${open} nil="true"/>`;
  if (Array.isArray(value)) return `<${open}>${value.map((item) => element('item', item)).join('')}</${close}>`;
  if (typeof value === 'object') {
    const members = Object.entries(value).map(([member, inner]) => element(member, inner));
    return `<${open}>${members.join('')}</${close}>`;
  }
  return `<${open}>${escaped(String(value))}</${close}>`;
}

export function toXml(root: string, value: object): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${element(root, value)}`;
}
