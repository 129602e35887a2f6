/**
 * Search by words on DynamoDB: each item stands in the list of each beginning of each of its words, of 2, 3 and 5 letters. A search
 * reads the one list that its longest word leads to; what that list does not decide is looked up in the card's words.
 */

/** Words that are indexed of one text; later ones are not found by. Keeps the lists per item below DynamoDB's transaction limit. */
export const MAX_WORDS = 8;
const BEGINNINGS = [2, 3, 5] as const;
const SHORTEST = BEGINNINGS[0];

/** Lower case without diacritics: `Crème` → `creme`. Well-formed: half a surrogate pair would be stored as another character. */
export function folded(text: string): string {
  return text.toWellFormed().normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The first characters of a text, never half of one. */
function beginningOf(text: string, length: number): string {
  return [...text].slice(0, length).join('');
}
const lengthOf = (text: string) => [...text].length;

/** The different words of a text in their order: letters and digits, folded, of two and more. */
export function wordsOf(text: string): string[] {
  const words = folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => lengthOf(word) >= SHORTEST);
  return [...new Set(words)].slice(0, MAX_WORDS);
}

/** Facets `word#<beginning>` by which the text is found. */
export function wordFacets(text: string): string[] {
  const beginnings = wordsOf(text).flatMap((word) =>
    BEGINNINGS.filter((length) => lengthOf(word) >= length).map((length) => beginningOf(word, length)),
  );
  return [...new Set(beginnings)].map((beginning) => `word#${beginning}`);
}

/** How a card keeps its words, so that a filter can look for a word's beginning: ` white hanging heart`. */
export function wordText(text: string): string {
  return wordsOf(text)
    .map((word) => ` ${word}`)
    .join('');
}

/**
 * How to search: the facet to read, and what `wordText` of a card must contain besides. Undefined: the text holds no word that can be
 * searched for.
 */
export function wordSearch(text: string): { facet: string; containsAll: string[] } | undefined {
  const words = wordsOf(text);
  const [longest] = [...words].sort((a, b) => lengthOf(b) - lengthOf(a));
  if (!longest) return undefined;
  const length = BEGINNINGS.filter((beginning) => beginning <= lengthOf(longest)).at(-1) ?? SHORTEST;
  const beginning = beginningOf(longest, length);
  // The facet already says that some word begins so.
  const rest = words.filter((word) => !beginning.startsWith(word));
  return { facet: `word#${beginning}`, containsAll: rest.map((word) => ` ${word}`) };
}

/** Text of a facet: folded, single spaces, cut so that a partition key stays far below DynamoDB's 2,048 bytes however a letter unfolds. */
export function facetText(text: string): string {
  return beginningOf(folded(text).replace(/\s+/g, ' ').trim(), 100);
}

/** Sort key text of a name: folded, single spaces, cut so that a key stays far below DynamoDB's 1,024 bytes. */
export function nameKey(name: string): string {
  return beginningOf(folded(name).replace(/\s+/g, ' ').trim(), 60);
}

/** Sort key text of a whole number from 0: 12 digits, so that text order is number order. */
export function numberKey(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 1e12) throw new Error(`${value} can not be a sort key`);
  return String(value).padStart(12, '0');
}
