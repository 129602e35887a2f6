/** "enterprise" → "Enterprise": the API's words as labels. */
export function titleCase(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
